import { type Grant, grantSchema } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { newGrant, takenBack, withoutGrantAt, withRole } from './grant-edits.ts';

const id = '00000000-0000-7000-8000-000000000001';
const given = {
  person: { id: 'ada', name: 'Ada', email: 'ada@example.test' },
  createdAt: '2026-01-01T00:00:00.000Z',
};
const atClient: Grant = grantSchema.parse({ kind: 'client', clientId: id, role: 'viewer', ...given });
const atCampaign: Grant = grantSchema.parse({
  kind: 'campaign',
  clientId: id,
  campaignId: id,
  role: 'viewer',
  ...given,
});

test('nobody is given no access to a whole client: that is what removing is for', () => {
  expect(withRole(atClient, 'none')).toBeNull();
  expect(newGrant({ clientId: id, campaignId: null }, 'ada', 'none')).toBeNull();
  expect(withRole(atClient, 'editor')).toEqual({
    kind: 'client',
    clientId: id,
    userId: 'ada',
    role: 'editor',
  });
});

test('a campaign may be kept from somebody', () => {
  const kept = { kind: 'campaign', campaignId: id, userId: 'ada', role: 'none' };
  expect(withRole(atCampaign, 'none')).toEqual(kept);
  expect(newGrant({ clientId: id, campaignId: id }, 'ada', 'none')).toEqual(kept);
});

test('a grant is taken back where it was given', () => {
  expect(takenBack(atCampaign)).toEqual({ kind: 'campaign', campaignId: id, userId: 'ada' });
  expect(takenBack(atClient)).toEqual({ kind: 'client', clientId: id, userId: 'ada' });
});

test('nobody is offered where their role is said already', () => {
  const people = [atClient.person];
  expect(withoutGrantAt(people, [atClient], null)).toEqual([]);
  expect(withoutGrantAt(people, [atClient], id)).toEqual(people);
  expect(withoutGrantAt(people, [atClient, atCampaign], id)).toEqual([]);
});
