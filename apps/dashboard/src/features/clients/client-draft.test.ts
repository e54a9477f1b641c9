import { type Client, clientSchema } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { clientDraft, guidelinesOf } from './client-draft.ts';

const client: Client = clientSchema.parse({
  id: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01',
  userId: 'u_1',
  name: 'Northwind Coffee',
  description: 'Roastery',
  brandGuidelines: {
    colors: ['#3B2F2F'],
    fonts: ['Fraunces'],
    styleKeywords: ['warm'],
    documentUrls: ['https://northwind.example/brand.pdf'],
  },
  createdAt: '2026-01-31T09:30:00.000Z',
  updatedAt: '2026-01-31T09:30:00.000Z',
  archivedAt: null,
  rowVersion: 1,
});

test('a draft that nobody touched gives the guidelines back', () => {
  expect(guidelinesOf(clientDraft(client), client)).toEqual(client.brandGuidelines);
});

test('a new client without guidelines has none', () => {
  expect(guidelinesOf(clientDraft(null), null)).toBeNull();
});

test('colours are kept in capitals', () => {
  const draft = { ...clientDraft(null), colors: [{ key: 0, hex: ' #0f4c81 ' }] };
  expect(guidelinesOf(draft, null)).toEqual({ colors: ['#0F4C81'], fonts: [], styleKeywords: [] });
});

test('links that the form does not show survive an edit', () => {
  const draft = { ...clientDraft(client), colors: [], fonts: [], styleKeywords: [] };
  expect(guidelinesOf(draft, client)?.documentUrls).toEqual(['https://northwind.example/brand.pdf']);
});
