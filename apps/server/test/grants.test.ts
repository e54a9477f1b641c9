import {
  type Asset,
  assetHidingSchema,
  assetSchema,
  grantSchema,
  lineageSchema,
  personSchema,
  problemSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

describe('grants over HTTP', () => {
  let server: TestServer;
  let clientId: string;
  let campaignId: string;
  let seed = 0;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function upload(key: string, fields: Record<string, string> = {}): Promise<Response> {
    seed += 1;
    const parts = [
      { name: 'clientId', value: clientId },
      ...Object.entries(fields).map(([name, value]) => ({ name, value })),
      { name: 'file', value: await smallPng(seed), fileName: `picture-${seed}.png` },
    ];
    return server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts), key });
  }
  const uploaded = async (key = server.owner.key, fields = {}): Promise<Asset> =>
    assetSchema.parse(await (await upload(key, fields)).json());
  const send = (address: string, body: object, { key } = server.owner) =>
    server.request(address, { ...jsonRequest('POST', body), key });
  const give = async (user: TestUser, role: string, at: object = { kind: 'client', clientId }) => {
    const answer = await send('/api/grants', { ...at, userId: user.id, role });
    expect(answer.status).toBe(200);
    return grantSchema.parse(await answer.json());
  };
  const listed = async ({ key }: TestUser, address = `/api/v2/clients/${clientId}/assets`) => {
    const answer = await server.request(address, { key });
    if (answer.status !== 200) return answer.status;
    return z
      .array(z.object({ id: z.string() }))
      .parse(await answer.json())
      .map(({ id }) => id);
  };
  async function refusal(answer: Response) {
    const { status, code, detail } = problemSchema.parse(await answer.json());
    return { status, code, detail };
  }
  const statusOf = async (address: string, { key }: TestUser) =>
    (await server.request(address, { key })).status;

  it('keep a client from members to whom nothing was granted, as if it were not there', async () => {
    const asset = await uploaded();
    const stranger = await server.addUser('member');
    const nowhere = asset.id.replace(/.{12}$/, '000000000000');
    expect(await listed(stranger)).toBe(404);
    expect(await listed(stranger, '/api/v2/assets')).toEqual([]);
    for (const end of ['/metadata', '/data', '/thumbnail', '/renditions', '/rights', '/made-of', '/hiding']) {
      const [theirs, none] = await Promise.all(
        [asset.id, nowhere].map((id) => server.request(`/api/v2/assets/${id}${end}`, { key: stranger.key })),
      );
      if (!theirs || !none) throw new Error('Two requests have two answers.');
      expect(theirs.status, end).toBe(404);
      expect(await refusal(theirs), end).toEqual(await refusal(none));
    }
    expect((await upload(stranger.key)).status).toBe(404);
  });

  it('let viewers see, editors edit and managers say who may', async () => {
    const asset = await uploaded();
    const user = await server.addUser('member');
    const edit = () =>
      server.request(`/api/v2/assets/${asset.id}`, {
        ...jsonRequest('PATCH', { name: 'edited.png' }),
        key: user.key,
      });
    expect(await give(user, 'viewer')).toMatchObject({ role: 'viewer', person: { id: user.id } });
    expect(await listed(user)).toContain(asset.id);
    expect((await edit()).status).toBe(404);
    expect((await upload(user.key)).status).toBe(404);
    await give(user, 'editor');
    expect((await edit()).status).toBe(200);
    expect((await upload(user.key)).status).toBe(201);
    expect(
      (await send('/api/grants', { kind: 'client', clientId, userId: user.id, role: 'manager' }, user))
        .status,
    ).toBe(404);
    await give(user, 'manager');
    const grants = await server.request(`/api/clients/${clientId}/grants`, { key: user.key });
    expect(z.array(grantSchema).parse(await grants.json())).toContainEqual(
      expect.objectContaining({
        kind: 'client',
        role: 'manager',
        person: expect.objectContaining({ id: user.id }),
      }),
    );
    const people = await server.request(`/api/clients/${clientId}/people`, { key: user.key });
    expect(
      z
        .array(personSchema)
        .parse(await people.json())
        .map(({ id }) => id),
    ).toContain(user.id);
  });

  it('show contributors only what they uploaded, in every count too, and tell them of no duplicate that they may not see', async () => {
    const user = await server.addUser('member');
    await give(user, 'contributor');
    const bytes = await smallPng(9_999);
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'file', value: bytes, fileName: 'same.png' },
    ];
    const send = (key: string) =>
      server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts), key });
    const owners = assetSchema.parse(await (await send(server.owner.key)).json());
    const answer = await send(user.key);
    expect(answer.headers.get('vitrine-outcome')).toBe('created');
    const own = assetSchema.parse(await answer.json());
    expect(own.id).not.toBe(owners.id);
    expect(await listed(user)).toEqual([own.id]);
    const found = await server.request('/api/v2/search?query=same', { key: user.key });
    expect(await found.json()).toMatchObject({ items: [{ id: own.id }] });
    expect(await listed(user, `/api/v2/clients/${clientId}/assets/by-hash/${own.sha256}`)).toEqual([own.id]);
    const stats = await server.request(`/api/clients/${clientId}/stats`, { key: user.key });
    expect(await stats.json()).toMatchObject({ count: 1 });
    expect(await statusOf(`/api/v2/assets/${owners.id}/data`, user)).toBe(404);
    expect(await statusOf(`/api/v2/assets/${own.id}/data`, user)).toBe(200);
    const repeated = await send(user.key);
    expect(repeated.headers.get('vitrine-outcome')).toBe('deduplicated');
  });

  it('are widened and narrowed at a campaign and at an asset', async () => {
    const inCampaign = await uploaded(server.owner.key, { campaignId });
    const ofClient = await uploaded();
    const guest = await server.addUser('member');
    await give(guest, 'viewer', { kind: 'campaign', campaignId });
    expect(await listed(guest)).toEqual([inCampaign.id]);
    expect(await statusOf(`/api/campaigns/${campaignId}`, guest)).toBe(200);
    expect(await statusOf(`/api/clients/${clientId}`, guest)).toBe(200);
    expect(await statusOf(`/api/v2/clients/${clientId}/tags`, guest)).toBe(404);
    await give(guest, 'viewer', { kind: 'asset', assetId: ofClient.id });
    expect(await listed(guest)).toEqual([ofClient.id, inCampaign.id]);
    await give(guest, 'none', { kind: 'asset', assetId: inCampaign.id });
    expect(await listed(guest)).toEqual([ofClient.id]);
    const back = await send('/api/grants/remove', { kind: 'asset', assetId: ofClient.id, userId: guest.id });
    expect(back.status).toBe(200);
    const again = await send('/api/grants/remove', { kind: 'asset', assetId: ofClient.id, userId: guest.id });
    expect(await refusal(again)).toMatchObject({ status: 404, detail: 'There is no such grant.' });
    expect(await listed(guest)).toEqual([]);
  });

  it('let a contributor of a campaign upload there and nowhere else', async () => {
    const guest = await server.addUser('member');
    await give(guest, 'contributor', { kind: 'campaign', campaignId });
    expect((await upload(guest.key)).status).toBe(404);
    expect((await upload(guest.key, { campaignId })).status).toBe(201);
  });

  it('let an editor of one asset give it new bytes', async () => {
    const asset = await uploaded();
    const guest = await server.addUser('member');
    await give(guest, 'editor', { kind: 'asset', assetId: asset.id });
    expect((await upload(guest.key)).status).toBe(404);
    expect(await uploaded(guest.key, { assetId: asset.id })).toMatchObject({ id: asset.id, version: 2 });
  });

  it('keep an editor of a campaign from moving assets out of it, one by one and many at once', async () => {
    const asset = await uploaded(server.owner.key, { campaignId });
    const guest = await server.addUser('member');
    await give(guest, 'editor', { kind: 'campaign', campaignId });
    const change = { ...jsonRequest('PATCH', { campaignId: null }), key: guest.key };
    expect((await server.request(`/api/v2/assets/${asset.id}`, change)).status).toBe(404);
    const many = await send('/api/v2/assets/bulk/move', { ids: [asset.id], campaignId: null }, guest);
    expect(await many.json()).toMatchObject({ changed: 0, outcomes: [{ reason: 'not_found' }] });
    await give(guest, 'editor');
    const again = await send('/api/v2/assets/bulk/move', { ids: [asset.id], campaignId: null }, guest);
    expect(await again.json()).toMatchObject({ changed: 1 });
  });

  it('let an editor neither name nor strike out a source that is hidden from them', async () => {
    const [product, shown, hidden] = [await uploaded(), await uploaded(), await uploaded()];
    const editor = await server.addUser('member');
    await give(editor, 'editor');
    const madeOf = (...of: Asset[]) => ({
      version: 1,
      derivedFrom: of.map(({ id }) => ({ assetId: id, version: 1, role: 'scene' })),
    });
    const sourcesAfter = async (body: object, user: TestUser = server.owner) => {
      const request = { ...jsonRequest('POST', body), key: user.key };
      const answer = await server.request(`/api/v2/assets/${product.id}/lineage`, request);
      if (answer.status !== 200) return answer.status;
      return lineageSchema
        .parse(await answer.json())
        .items.map(({ assetId }) => assetId)
        .sort();
    };
    await send(`/api/v2/assets/${hidden.id}/hiding`, { hidden: { until: null } });
    expect(await sourcesAfter(madeOf(hidden), editor)).toBe(404);
    await sourcesAfter(madeOf(hidden));
    expect(await sourcesAfter(madeOf(hidden), editor)).toBe(404);
    expect(await sourcesAfter(madeOf(shown), editor)).toEqual([shown.id]);
    expect(await sourcesAfter(madeOf(), editor)).toEqual([]);
    expect(await sourcesAfter({ version: 1 })).toEqual([hidden.id]);
  });

  it('hide an asset from all but managers, and show it when its embargo ends', async () => {
    const asset = await uploaded();
    const viewer = await server.addUser('member');
    const manager = await server.addUser('member');
    await give(viewer, 'viewer');
    await give(manager, 'manager');
    const address = `/api/v2/assets/${asset.id}/hiding`;
    const past = await send(address, { hidden: { until: '2020-01-01T00:00:00.000Z' } }, manager);
    expect(await refusal(past)).toMatchObject({ status: 400, code: 'invalid_input' });
    expect((await send(address, { hidden: { until: null } }, viewer)).status).toBe(404);

    const until = new Date(Date.now() + 200).toISOString();
    const hidden = await send(address, { hidden: { until } }, manager);
    expect(assetHidingSchema.parse(await hidden.json())).toEqual({ hidden: { until } });
    expect(await listed(viewer)).not.toContain(asset.id);
    expect(await listed(manager)).toContain(asset.id);
    for (const end of ['/metadata', '/data', '/thumbnail']) {
      expect(await statusOf(`/api/v2/assets/${asset.id}${end}`, viewer)).toBe(404);
    }
    const { grants } = server.composition.services;
    await grants.endEmbargo(asset.id);
    expect(await listed(viewer)).not.toContain(asset.id);
    await new Promise((resolve) => setTimeout(resolve, 250));
    await grants.endEmbargo(asset.id);
    expect(await listed(viewer)).toContain(asset.id);
  });

  it('tell what may be done with a thing, and nothing of one that may not be seen', async () => {
    const asset = await uploaded();
    const user = await server.addUser('member');
    const allowed = async (target: object) =>
      z.array(z.string()).parse(await (await send('/api/grants/allowed', target, user)).json());
    const hidden = await send('/api/grants/allowed', { kind: 'client', clientId }, user);
    expect(hidden.status).toBe(404);
    await give(user, 'contributor');
    const own = await uploaded(user.key);
    expect(await allowed({ kind: 'client', clientId })).toEqual(
      expect.arrayContaining(['asset.create', 'asset.list', 'client.read']),
    );
    expect(await allowed({ kind: 'client', clientId })).not.toContain('campaign.create');
    const ofAsset = await allowed({ kind: 'asset', assetId: own.id });
    expect(ofAsset).toContain('asset.trash');
    expect(ofAsset).not.toContain('client.read');
    expect((await send('/api/grants/allowed', { kind: 'asset', assetId: asset.id }, user)).status).toBe(404);
  });

  it('refuse somebody who has no account', async () => {
    const answer = await send('/api/grants', { kind: 'client', clientId, userId: 'nobody', role: 'viewer' });
    expect(await refusal(answer)).toMatchObject({
      status: 400,
      detail: expect.stringContaining('no such account'),
    });
  });
});
