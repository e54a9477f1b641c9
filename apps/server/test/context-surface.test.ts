import {
  type Asset,
  assetRightsSchema,
  assetSchema,
  contextAnswerSchema,
  generationContextItemSchema,
  lineageAffectedSchema,
  lineageSchema,
  problemSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

describe('context, rights and lineage over HTTP', () => {
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

  async function send(fields: Record<string, unknown>, name = 'picture.png') {
    seed += 1;
    const parts = [
      ...Object.entries({ clientId, ...fields }).map(([field, what]) => ({
        name: field,
        value: typeof what === 'string' ? what : JSON.stringify(what),
      })),
      { name: 'file', value: await smallPng(seed, 64, 36), fileName: name },
    ];
    return server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  }
  async function upload(fields: Record<string, unknown> = {}, name?: string): Promise<Asset> {
    return assetSchema.parse(await (await send(fields, name)).json());
  }
  const post = (address: string, body: object, key?: string) =>
    server.request(address, { ...jsonRequest('POST', body), ...(key !== undefined && { key }) });
  async function refusal(answer: Response) {
    const { code, status } = problemSchema.parse(await answer.json());
    return { code, status };
  }
  async function audited() {
    const events = await server.composition.database.read((readers) =>
      readers.audit.list({ afterSeq: 0, limit: 1000 }),
    );
    return events.at(-1);
  }

  it('resolves to refs whose addresses need no credential, and lists the same in the origin’s shape', async () => {
    const own = await upload({ tags: ['brand_logo', 'harbour'] }, 'own.png');
    const ofCampaign = await upload({ tags: ['brand_logo'], campaignId }, 'winter.png');
    const answer = await post('/api/v2/context/resolve', { clientId, campaignId, need: { brand_logo: 2 } });
    expect(answer.status).toBe(200);
    const resolved = contextAnswerSchema.parse(await answer.json());
    if (!resolved.ok) throw new Error('Both fit.');
    const [first, second] = resolved.slots.brand_logo ?? [];
    expect(first).toMatchObject({
      id: ofCampaign.id,
      source: 'campaign',
      priority: 1,
      sha256: ofCampaign.sha256,
    });
    expect(second).toMatchObject({
      id: own.id,
      source: 'client',
      priority: 2,
      tags: ['brand_logo', 'harbour'],
    });
    const bytes = await server.request(first?.url ?? '', { key: null });
    expect([bytes.status, bytes.headers.get('etag')]).toEqual([200, `"${ofCampaign.sha256}"`]);

    const uploaded = await upload({}, 'fresh.png');
    const query = new URLSearchParams({ clientId, campaignId, uploaded: uploaded.id });
    query.set('need', '{"brand_logo":2}');
    query.set('constraints', '{"minWidth":10}');
    const listed = await server.request(`/api/v2/context?${query}`);
    const items = z.array(generationContextItemSchema).parse(await listed.json());
    expect(items.map(({ id, source, priority }) => [id, source, priority])).toEqual([
      [uploaded.id, 'uploaded', 1],
      [ofCampaign.id, 'campaign', 2],
      [own.id, 'client', 3],
    ]);
    expect(items[0]).toMatchObject({ fileSize: uploaded.size, mimeType: 'image/png', name: 'fresh.png' });
    const all = await post('/api/v2/context', { clientId, campaignId, uploaded: [uploaded.id] });
    expect(await all.json()).toHaveLength(3);
    const few = await post('/api/v2/context', { clientId, campaignId, limit: 1 });
    expect(z.array(generationContextItemSchema).parse(await few.json())).toMatchObject([
      { id: ofCampaign.id },
    ]);
  });

  it('lets nobody ask about what they may not see', async () => {
    const stranger = await server.addUser('member');
    const asset = await upload();
    const need = { brand_logo: 1 };
    const notFound = { code: 'not_found', status: 404 };
    const asked = { clientId, need };
    expect(await refusal(await post('/api/v2/context/resolve', asked, stranger.key))).toEqual(notFound);
    expect(await refusal(await post('/api/v2/context', { clientId }, stranger.key))).toEqual(notFound);
    for (const what of ['rights', 'made-of', 'used-in', 'affected']) {
      const address = `/api/v2/assets/${asset.id}/${what}`;
      expect(await refusal(await server.request(address, { key: stranger.key })), what).toEqual(notFound);
    }
    for (const [what, body] of [
      ['rights', { rights: {} }],
      ['lineage', { derivedFrom: [] }],
    ] as const) {
      expect(await refusal(await post(`/api/v2/assets/${asset.id}/${what}`, body, stranger.key))).toEqual(
        notFound,
      );
    }
    const reader: TestUser = await server.addUser('owner', ['clients:read']);
    expect(await refusal(await post('/api/v2/context/resolve', asked, reader.key))).toMatchObject({
      status: 403,
    });

    const elsewhere = await server.create('/api/clients', { name: 'Elsewhere' });
    const mismatch = { clientId: elsewhere, campaignId, need };
    expect(await refusal(await post('/api/v2/context/resolve', mismatch))).toMatchObject({
      code: 'campaign_client_mismatch',
    });
    const foreign = { clientId: elsewhere, uploaded: [asset.id] };
    expect(await refusal(await post('/api/v2/context', foreign))).toEqual(notFound);
  });

  it('sets rights unless somebody edited meanwhile, keeps them with their version and audits the change', async () => {
    const asset = await upload({ rights: { credit: 'J. Berg' } });
    const address = `/api/v2/assets/${asset.id}/rights`;
    const read = async (query = '') =>
      assetRightsSchema.parse(await (await server.request(`${address}${query}`)).json());
    expect(await read()).toMatchObject({
      version: 1,
      rowVersion: 1,
      rights: { credit: 'J. Berg', aiUse: 'unknown' },
    });

    const body = { rights: { to: '2026-12-31', channels: ['Social'], aiUse: 'refused' } };
    const set = jsonRequest('POST', body);
    const done = await server.request(address, { ...set, headers: { ...set.headers, 'if-match': '"1"' } });
    expect([done.status, done.headers.get('etag')]).toEqual([200, '"2"']);
    expect(assetRightsSchema.parse(await done.json()).rights).toMatchObject({
      credit: null,
      channels: ['social'],
    });
    expect(await audited()).toMatchObject({
      action: 'asset.setRights',
      targetId: asset.id,
      before: { rights: { credit: 'J. Berg' } },
      after: { rights: { aiUse: 'refused' } },
    });
    const late = await server.request(address, { ...set, headers: { ...set.headers, 'if-match': '"1"' } });
    expect(await refusal(late)).toMatchObject({ code: 'conflict' });
    const backwards = { rights: { from: '2026-02-01', to: '2026-01-01' } };
    expect(await refusal(await post(address, backwards))).toMatchObject({ code: 'invalid_input' });

    await upload({ assetId: asset.id });
    expect((await read()).rights.aiUse).toBe('unknown');
    expect((await read('?version=1')).rights.aiUse).toBe('refused');
    expect((await server.request(`${address}?version=3`)).status).toBe(404);
  });

  it('tells what must be pulled with a logo: what is current and made with it, through others too', async () => {
    const logo = await upload({}, 'logo.png');
    const made = (...of: Asset[]) => ({
      derivedFrom: of.map(({ id, version }) => ({ assetId: id, version, role: 'brand_logo' })),
    });
    const scene = await upload(made(logo), 'scene.png');
    const film = await upload({ ...made(scene, logo), generation: { generator: 'northlight' } }, 'film.png');
    const poster = await upload(made(logo), 'poster.png');
    const trashed = await upload(made(logo), 'trashed.png');
    await server.request(`/api/v2/assets/${trashed.id}`, { method: 'DELETE' });
    // The poster's current version was made anew, without the logo; the logo was too, and is used in its newer version.
    await upload({ assetId: poster.id });
    const newer = await upload({ assetId: logo.id, ...made(logo) });
    const banner = await upload(made(newer), 'banner.png');

    const affected = async (query = '') =>
      lineageAffectedSchema.parse(
        await (await server.request(`/api/v2/assets/${logo.id}/affected${query}`)).json(),
      );
    const all = await affected();
    expect(all).toMatchObject({ assetId: logo.id, version: null, complete: true });
    expect(new Set(all.items.map(({ name }) => name))).toEqual(
      new Set(['scene.png', 'film.png', 'banner.png']),
    );
    const second = await affected('?version=2');
    expect(second.items.map(({ name, path }) => [name, path.map(({ assetId }) => assetId)])).toEqual([
      ['banner.png', [logo.id, banner.id]],
    ]);

    const usedIn = async (query: string) =>
      lineageSchema.parse(await (await server.request(`/api/v2/assets/${logo.id}/used-in?${query}`)).json());
    expect(await usedIn('version=1&depth=1')).toMatchObject({ complete: false });
    const used = await usedIn('version=1');
    expect(used.complete).toBe(true);
    expect(used.items.find(({ name }) => name === 'trashed.png')).toMatchObject({ trashed: true });
    expect(used.items.find(({ assetId }) => assetId === poster.id)).toMatchObject({
      version: 1,
      current: false,
    });
    const madeOf = await server.request(`/api/v2/assets/${film.id}/made-of`);
    expect(lineageSchema.parse(await madeOf.json())).toMatchObject({
      generation: { generator: 'northlight' },
    });
  });

  it('refuses circles and sources that are not the client’s, and writes nothing of them', async () => {
    const [one, two, three] = [await upload(), await upload(), await upload()];
    const say = (product: Asset, source: { id: string; version?: number }) =>
      post(`/api/v2/assets/${product.id}/lineage`, {
        derivedFrom: [{ assetId: source.id, version: source.version ?? 1, role: 'subject' }],
      });
    expect((await say(two, one)).status).toBe(200);
    expect((await say(three, two)).status).toBe(200);
    expect(await audited()).toMatchObject({ action: 'lineage.set', targetId: three.id });
    const cycle = { code: 'lineage_cycle', status: 422 };
    expect(await refusal(await say(one, three))).toEqual(cycle);
    expect(await refusal(await say(one, one))).toEqual(cycle);
    // Another version of the same asset is no circle.
    const newer = await upload({ assetId: one.id });
    expect((await say(newer, { id: three.id })).status).toBe(200);

    const elsewhere = await server.create('/api/clients', { name: 'Elsewhere' });
    const foreign = await upload({ clientId: elsewhere });
    const notFound = { code: 'not_found', status: 404 };
    expect(await refusal(await say(two, foreign))).toEqual(notFound);
    expect(await refusal(await say(two, { id: one.id, version: 7 }))).toEqual(notFound);
    const sent = await send({ derivedFrom: [{ assetId: foreign.id, version: 1, role: 'subject' }] });
    expect(await refusal(sent)).toEqual(notFound);
    const madeOf = await server.request(`/api/v2/assets/${two.id}/made-of`);
    expect(lineageSchema.parse(await madeOf.json()).items).toMatchObject([{ assetId: one.id }]);
  });
});
