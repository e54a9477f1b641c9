import {
  type Asset,
  assetSchema,
  type BulkAnswer,
  bulkAnswerSchema,
  problemSchema,
  type Tag,
  tagMergedSchema,
  tagSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

describe('tags and bulk edits over HTTP', () => {
  let server: TestServer;
  let clientId: string;
  let seed = 0;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function upload(tags: readonly string[], name = 'picture.png'): Promise<Asset> {
    seed += 1;
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'tags', value: JSON.stringify(tags) },
      { name: 'file', value: await smallPng(seed), fileName: name },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    return assetSchema.parse(await answer.json());
  }
  const send = (method: string, address: string, body: object, key?: string) =>
    server.request(address, { ...jsonRequest(method, body), ...(key !== undefined && { key }) });
  async function bulk(what: string, body: object): Promise<BulkAnswer> {
    const answer = await send('POST', `/api/v2/assets/bulk/${what}`, body);
    expect(answer.status).toBe(200);
    return bulkAnswerSchema.parse(await answer.json());
  }
  async function tags(query = ''): Promise<Tag[]> {
    const answer = await server.request(`/api/v2/clients/${clientId}/tags${query}`);
    return z.array(tagSchema).parse(await answer.json());
  }
  const named = async (name: string) => (await tags()).find((tag) => tag.name === name)?.id ?? '';
  async function get(id: string): Promise<Asset> {
    return assetSchema.parse(await (await server.request(`/api/v2/assets/${id}/metadata`)).json());
  }
  async function refusal(answer: Response) {
    const { status, code, detail } = problemSchema.parse(await answer.json());
    return { status, code, detail };
  }

  it('are completed by how they begin, with how many assets carry each', async () => {
    await upload(['Winter', 'window']);
    await upload(['winter', 'red']);
    expect((await tags('?q=WIN')).map(({ name, assetCount }) => [name, assetCount])).toEqual([
      ['window', 1],
      ['Winter', 2],
    ]);
  });

  it('are renamed, merged and deleted', async () => {
    const asset = await upload(['harbor', 'quay']);
    const renamed = await send('PATCH', `/api/v2/tags/${await named('harbor')}`, { name: 'Harbour' });
    expect(tagSchema.parse(await renamed.json())).toMatchObject({ name: 'Harbour', assetCount: 1 });
    const taken = await send('PATCH', `/api/v2/tags/${await named('quay')}`, { name: 'HARBOUR' });
    expect(await refusal(taken)).toMatchObject({
      status: 409,
      code: 'conflict',
      detail: expect.stringContaining('Merge'),
    });
    const role = await send('PATCH', `/api/v2/tags/${await named('quay')}`, { name: 'Brand_Logo' });
    expect(await refusal(role)).toMatchObject({ status: 400, code: 'invalid_input' });
    const into = await named('Harbour');
    const merged = await send('POST', `/api/v2/tags/${await named('quay')}/merge`, { into });
    expect(tagMergedSchema.parse(await merged.json())).toMatchObject({ tag: { id: into }, changed: 1 });
    expect(await get(asset.id)).toMatchObject({ tags: ['Harbour'], rowVersion: 3 });
    const itself = await send('POST', `/api/v2/tags/${into}/merge`, { into });
    expect(await refusal(itself)).toMatchObject({ code: 'invalid_input' });
    const gone = await server.request(`/api/v2/tags/${into}`, { method: 'DELETE' });
    expect(await gone.json()).toEqual({
      success: true,
      message: 'The tag was deleted; 1 had it.',
    });
    expect(await get(asset.id)).toMatchObject({ tags: [], rowVersion: 4 });
  });

  it('are added and removed for many at once, by name or by query', async () => {
    const [a, b] = [await upload(['one'], 'dune.png'), await upload([], 'dune.png')];
    const named = await bulk('tags', {
      assets: { ids: [b.id, a.id] },
      add: ['subject', 'Two'],
      remove: ['one'],
    });
    expect(named).toEqual({
      changed: 2,
      unchanged: 0,
      skipped: 0,
      reasons: [],
      outcomes: [b, a].map(({ id }) => ({ id, outcome: 'changed' })),
    });
    const found = await bulk('tags', { assets: { query: { clientId, q: 'dune' } }, add: ['voice_sample'] });
    expect(found).toMatchObject({
      changed: 0,
      skipped: 2,
      reasons: [{ reason: 'role_of_another_kind', count: 2 }],
      outcomes: null,
    });
    const again = await bulk('tags', { assets: { query: { clientId, q: 'dune' } }, add: ['TWO'] });
    expect(again).toMatchObject({ changed: 0, unchanged: 2 });
    expect((await get(a.id)).tags).toEqual(['subject', 'Two']);
  });

  it('move, prioritise and trash many, with an outcome for each in the order of the input', async () => {
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    const elsewhere = await server.create('/api/clients', { name: 'Elsewhere' });
    const theirs = await server.create('/api/campaigns', { clientId: elsewhere, name: 'Theirs' });
    const [a, b] = [await upload([]), await upload([])];
    const missing = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03';
    const ids = [b.id, missing, a.id];
    const moved = await bulk('move', { ids, campaignId });
    expect(moved.outcomes?.map(({ id, outcome }) => [id, outcome])).toEqual([
      [b.id, 'changed'],
      [missing, 'skipped'],
      [a.id, 'changed'],
    ]);
    expect(await bulk('move', { ids, campaignId: theirs })).toMatchObject({
      reasons: expect.arrayContaining([{ reason: 'campaign_of_another_client', count: 2 }]),
    });
    const items = [
      { id: a.id, priority: 1 },
      { id: b.id, priority: 2 },
    ];
    expect(await bulk('priority', { items })).toMatchObject({ changed: 2 });
    expect(await get(b.id)).toMatchObject({ campaignId, priority: 2 });
    expect(await bulk('trash', { ids })).toMatchObject({ changed: 2, skipped: 1 });
    expect((await server.request(`/api/v2/assets/${a.id}/metadata`)).status).toBe(404);
  });

  it('are refused where the input cannot be meant', async () => {
    const { id } = await upload([]);
    const ids = [id];
    for (const [what, body] of [
      ['tags', { assets: { ids } }],
      ['tags', { assets: { ids }, add: ['x'], remove: ['X'] }],
      ['tags', { assets: { ids, query: {} }, add: ['x'] }],
      ['tags', { assets: { query: { client: clientId } }, add: ['x'] }],
      ['tags', { assets: { ids: [] }, add: ['x'] }],
      ['trash', { ids: [id, id] }],
      ['move', { ids }],
      ['priority', { items: [{ id, priority: 0 }] }],
    ] as const) {
      const answer = await send('POST', `/api/v2/assets/bulk/${what}`, body);
      expect(await refusal(answer), JSON.stringify(body)).toMatchObject({
        status: 400,
        code: 'invalid_input',
      });
    }
  });

  it('are for those who see the client, with a key that may write', async () => {
    const { id } = await upload(['mine']);
    const tag = await named('mine');
    const stranger = await server.addUser('member');
    const reader = await server.addUser('owner', ['assets:read']);
    const change = { assets: { ids: [id] }, add: ['x'] };
    const theirs = await send('POST', '/api/v2/assets/bulk/tags', change, stranger.key);
    expect(await theirs.json()).toMatchObject({ changed: 0, reasons: [{ reason: 'not_found', count: 1 }] });
    const everything = { assets: { query: {} }, add: ['x'] };
    const none = await send('POST', '/api/v2/assets/bulk/tags', everything, stranger.key);
    expect(await none.json()).toMatchObject({ changed: 0, skipped: 0 });
    const rename = await send('PATCH', `/api/v2/tags/${tag}`, { name: 'x' }, stranger.key);
    expect(await refusal(rename)).toMatchObject({ code: 'not_found' });
    for (const [method, address, body] of [
      ['POST', '/api/v2/assets/bulk/tags', change],
      ['POST', '/api/v2/assets/bulk/trash', { ids: [id] }],
      ['PATCH', `/api/v2/tags/${tag}`, { name: 'x' }],
      ['DELETE', `/api/v2/tags/${tag}`, {}],
    ] as const) {
      const answer = await send(method, address, body, reader.key);
      expect(await refusal(answer), address).toMatchObject({ status: 403, code: 'forbidden' });
    }
  });
});
