import { readFile } from 'node:fs/promises';
import {
  type IssuedUploadLink,
  issuedUploadLinkSchema,
  problemSchema,
  type UploadLink,
  uploadLinkSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const day = 86_400_000;

describe('upload links', () => {
  let server: TestServer;
  let clientId: string;
  let campaignId: string;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const send = (method: string, address: string, body: object) =>
    server.request(address, jsonRequest(method, body));
  async function create(settings: object = {}): Promise<IssuedUploadLink> {
    const answer = await send('POST', '/api/upload-links', { campaignId, name: 'For the crew', ...settings });
    expect(answer.status).toBe(201);
    return issuedUploadLinkSchema.parse(await answer.json());
  }
  async function links(): Promise<UploadLink[]> {
    const answer = await server.request(`/api/campaigns/${campaignId}/upload-links`);
    return z.array(uploadLinkSchema).parse(await answer.json());
  }
  const refusal = async (answer: Response) => problemSchema.parse(await answer.json());

  it('are made for a campaign, work for 14 days, and show their address once', async () => {
    const { url, ...link } = await create({ message: 'Raw files, please.' });
    expect(url).toMatch(new RegExp(`^${server.url}/u/[\\w-]{43}$`));
    const days = (Date.parse(link.expiresAt) - Date.now()) / day;
    expect(days).toBeGreaterThan(13.9);
    expect(days).toBeLessThan(14.1);
    expect(link).toMatchObject({ clientId, campaignId, state: 'active', usedFiles: 0, hasPassword: false });
    expect(await links()).toContainEqual(link);
  });

  it('are made by what the documentation says', async () => {
    const documentation = await readFile(new URL('../../../docs/upload-links.md', import.meta.url), 'utf8');
    const [, example] = /```json\n(.*?)```/s.exec(documentation) ?? [];
    const body = z.record(z.string(), z.unknown()).parse(JSON.parse(example ?? ''));
    const made = await create({ ...body, campaignId });
    expect(made).toMatchObject({ name: body['name'], maxFiles: body['maxFiles'], hasPassword: true });
  });

  it('are changed, and ended at once and for good', async () => {
    const { id } = await create();
    const changed = await send('PATCH', `/api/upload-links/${id}`, { maxFiles: 3, password: 'snowfall' });
    expect(await changed.json()).toMatchObject({ maxFiles: 3, hasPassword: true, name: 'For the crew' });
    for (const _time of [1, 2]) {
      const ended = await server.request(`/api/upload-links/${id}`, { method: 'DELETE' });
      expect(await ended.json()).toMatchObject({ state: 'revoked' });
    }
    const late = await send('PATCH', `/api/upload-links/${id}`, { maxFiles: 4 });
    expect(await refusal(late)).toMatchObject({ status: 400, code: 'invalid_input' });
  });

  it.each([
    ['yesterday', -day],
    ['in two years', 730 * day],
  ])('do not end %s', async (_when, ms) => {
    const expiresAt = new Date(Date.now() + ms).toISOString();
    const answer = await send('POST', '/api/upload-links', { campaignId, name: 'For the crew', expiresAt });
    expect(await refusal(answer)).toMatchObject({ status: 400, issues: [{ path: ['expiresAt'] }] });
  });

  it('are noted with who made, changed and ended them, without anything that opens them', async () => {
    const { id, url } = await create({ password: 'snowfall' });
    await send('PATCH', `/api/upload-links/${id}`, { name: 'For all' });
    await server.request(`/api/upload-links/${id}`, { method: 'DELETE' });
    const log = await (await server.request(`/api/clients/${clientId}/activity?limit=3`)).text();
    for (const action of ['create', 'update', 'revoke']) expect(log).toContain(`uploadLink.${action}`);
    const token = new URL(url).pathname.replace('/u/', '');
    for (const secret of [token, 'snowfall', 'passwordHash', 'tokenHash']) expect(log).not.toContain(secret);
  });

  it('hold their campaign while they work, and go with it once they have ended', async () => {
    const other = await server.create('/api/campaigns', { clientId, name: 'Spring' });
    const { id } = await create({ campaignId: other });
    const held = await server.request(`/api/campaigns/${other}`, { method: 'DELETE' });
    expect(await refusal(held)).toMatchObject({ status: 409, code: 'in_use' });
    await server.request(`/api/upload-links/${id}`, { method: 'DELETE' });
    expect((await server.request(`/api/campaigns/${other}`, { method: 'DELETE' })).status).toBe(200);
  });
});
