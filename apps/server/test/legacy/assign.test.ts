import { assetIdSchema, unassignedClientId } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer } from '../start-server.ts';
import { makeUnassigned } from './make-unassigned.ts';

const answerSchema = z.object({
  changed: z.number(),
  skipped: z.number(),
  reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
});

const idSchema = z.object({ id: z.string() });
const eventsSchema = z.object({ items: z.array(z.unknown()) });

async function upload({ request }: TestServer, clientId: string, seed: number): Promise<string> {
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'tags', value: JSON.stringify(['subject', 'Harbour']) },
    { name: 'file', value: await smallPng(seed), fileName: `${seed}.png` },
  ];
  const answer = await request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  return idSchema.parse(await answer.json()).id;
}

const assign = async ({ request }: TestServer, body: object) => {
  const answer = await request('/api/v2/assets/bulk/assign', jsonRequest('POST', body));
  return { status: answer.status, body: await answer.json() };
};
const statsOf = async ({ request }: TestServer, clientId: string) =>
  (await request(`/api/clients/${clientId}/stats`)).json();

describe('giving assets that came without a client to one', () => {
  it('takes their tags, roles and bytes along, counts them there, and the old client forgets them', async () => {
    await using server = await startServer();
    await makeUnassigned(server);
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    const ids = [await upload(server, unassignedClientId, 1), await upload(server, unassignedClientId, 2)];
    const before = await statsOf(server, unassignedClientId);
    const picked = { clientId: unassignedClientId, kind: 'list', name: 'Picked' };
    const list = await server.request('/api/v2/collections', jsonRequest('POST', picked));
    const listId = idSchema.parse(await list.json()).id;
    const added = await server.request(
      `/api/v2/collections/${listId}/add`,
      jsonRequest('POST', { assetIds: ids }),
    );
    expect(added.status).toBe(200);

    const done = await assign(server, { ids, clientId, campaignId });
    expect(done).toMatchObject({ status: 200, body: { changed: 2, skipped: 0 } });
    for (const id of ids) {
      const asset = await (await server.request(`/api/v2/assets/${id}/metadata`)).json();
      expect(asset).toMatchObject({ clientId, campaignId, tags: ['subject', 'Harbour'], roles: ['subject'] });
      expect((await server.request(`/api/v2/assets/${id}`)).status).toBe(200);
    }
    expect(await statsOf(server, clientId)).toEqual(before);
    expect(await statsOf(server, unassignedClientId)).toMatchObject({ count: 0, bytes: 0 });
    const found = await server.request(`/api/v2/assets?clientId=${clientId}&q=1.png`);
    expect(await found.json()).toHaveLength(1);
    const tags = await (await server.request(`/api/v2/clients/${clientId}/tags`)).json();
    expect(tags).toMatchObject([{ name: 'Harbour', assetCount: 2 }]);

    const { audit, changes } = await server.composition.database.read(async (readers) => ({
      audit: await server.composition.services.audit.verify(),
      changes: await readers.assets.find(assetIdSchema.parse(ids[0])),
    }));
    expect(audit.ok).toBe(true);
    expect(changes?.rowVersion).toBe(2);
    const activity = await server.request(`/api/v2/assets/${ids[0]}/activity`);
    const events = eventsSchema.parse(await activity.json());
    expect(events.items[0]).toMatchObject({
      action: 'asset.assign',
      before: { clientId: unassignedClientId },
      after: { clientId },
    });
  });

  it('leaves an asset alone that has a client, and one that is tied to others by lineage', async () => {
    await using server = await startServer();
    await makeUnassigned(server);
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const other = await server.create('/api/clients', { name: 'Other' });
    const settled = await upload(server, other, 3);
    const source = await upload(server, unassignedClientId, 4);
    const derived = await upload(server, unassignedClientId, 5);
    const lineage = { derivedFrom: [{ assetId: source, version: 1, role: 'source' }] };
    const set = await server.request(
      `/api/v2/assets/${derived}/lineage`,
      jsonRequest('POST', { ...lineage, version: 1 }),
    );
    expect(set.status).toBe(200);
    const { body } = await assign(server, { ids: [settled, source, derived], clientId });
    expect(answerSchema.parse(body)).toEqual({
      changed: 0,
      skipped: 3,
      reasons: expect.arrayContaining([
        { reason: 'asset_of_another_client', count: 1 },
        { reason: 'linked_assets', count: 2 },
      ]),
    });
    expect(await statsOf(server, other)).toMatchObject({ count: 1 });
    expect(await statsOf(server, unassignedClientId)).toMatchObject({ count: 2 });
  });

  it('refuses a client that is not there, a campaign of another one, and what its quota has no room for', async () => {
    await using server = await startServer();
    await makeUnassigned(server);
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const other = await server.create('/api/clients', { name: 'Other' });
    const campaignId = await server.create('/api/campaigns', { clientId: other, name: 'Winter' });
    const ids = [await upload(server, unassignedClientId, 6)];
    const missing = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b99';
    expect(await assign(server, { ids, clientId: missing })).toMatchObject({ status: 404 });
    expect(await assign(server, { ids, clientId, campaignId })).toMatchObject({
      status: 422,
      body: { code: 'campaign_client_mismatch' },
    });
    const limits = { maxAssets: 0, maxBytes: null };
    const quota = await server.request(`/api/clients/${clientId}/quota`, jsonRequest('POST', limits));
    expect(quota.status).toBe(200);
    expect(await assign(server, { ids, clientId })).toMatchObject({ body: { code: 'quota_exceeded' } });
    expect(await statsOf(server, unassignedClientId)).toMatchObject({ count: 1 });
  });
});
