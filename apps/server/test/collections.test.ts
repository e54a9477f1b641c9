import { type Asset, assetSchema, type Collection, collectionSchema, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

describe('collections over HTTP', () => {
  let server: TestServer;
  let clientId: string;
  let seed = 0;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function upload(name: string, owner = clientId): Promise<Asset> {
    seed += 1;
    const parts = [
      { name: 'clientId', value: owner },
      { name: 'file', value: await smallPng(seed), fileName: `${name}.png` },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    return assetSchema.parse(await answer.json());
  }
  const send = (method: string, address: string, body: object, headers: Record<string, string> = {}) => {
    const init = jsonRequest(method, body);
    return server.request(address, { ...init, headers: { ...init.headers, ...headers } });
  };
  async function create(body: object, headers: Record<string, string> = {}): Promise<Collection> {
    const answer = await send('POST', '/api/v2/collections', { clientId, ...body }, headers);
    expect(answer.status).toBe(201);
    return collectionSchema.parse(await answer.json());
  }
  async function edit(id: string, what: string, body: object): Promise<Collection> {
    const answer = await send('POST', `/api/v2/collections/${id}/${what}`, body);
    expect(answer.status).toBe(200);
    return collectionSchema.parse(await answer.json());
  }
  async function names(answer: Response): Promise<string[]> {
    return z
      .array(assetSchema)
      .parse(await answer.json())
      .map(({ name }) => name);
  }
  async function refusal(answer: Response) {
    const { status, code, detail } = problemSchema.parse(await answer.json());
    return { status, code, detail };
  }

  it('are made once under a key, listed by a part of their name, renamed and deleted', async () => {
    const key = { 'Idempotency-Key': 'make-a-list' };
    const made = await create({ kind: 'list', name: 'Final cut' }, key);
    expect(await create({ kind: 'list', name: 'Final cut' }, key)).toEqual(made);
    const listed = await server.request(`/api/v2/clients/${clientId}/collections?q=CUT`);
    expect(await listed.json()).toEqual([made]);
    const address = `/api/v2/collections/${made.id}`;
    const etag = (await server.request(address)).headers.get('etag') ?? '';
    const renamed = await send('PATCH', address, { name: 'Last cut' }, { 'If-Match': etag });
    expect(await renamed.json()).toMatchObject({ name: 'Last cut', rowVersion: 2 });
    const late = await send('PATCH', address, { name: 'Mine' }, { 'If-Match': etag });
    expect(await refusal(late)).toMatchObject({ status: 409, code: 'conflict' });
    expect((await server.request(address, { method: 'DELETE' })).status).toBe(200);
    expect((await server.request(address)).status).toBe(404);
  });

  it('of the kind list are read in their order, in pages with a link to the next', async () => {
    const [a, b, c] = [await upload('a'), await upload('b'), await upload('c')];
    const { id } = await create({ kind: 'list', name: 'Ordered' });
    await edit(id, 'add', { assetIds: [c.id, a.id, b.id] });
    const moved = await edit(id, 'move', { assetIds: [b.id], before: a.id });
    expect(moved).toMatchObject({ kind: 'list', assetCount: 3 });
    const first = await server.request(`/api/v2/collections/${id}/assets?limit=2`);
    expect(first.headers.get('x-total-count')).toBe('3');
    expect(await names(first)).toEqual(['c.png', 'b.png']);
    const [, next = ''] = /<[^>]*?(\/api[^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
    const second = await server.request(next);
    expect(await names(second)).toEqual(['a.png']);
    expect(second.headers.get('link')).toBeNull();
    await edit(id, 'remove', { assetIds: [c.id] });
    expect(await names(await server.request(`/api/v2/collections/${id}/assets`))).toEqual(['b.png', 'a.png']);
  });

  it('of the kind query show what is found now, and a list takes what a query finds', async () => {
    const saved = await create({ kind: 'query', name: 'Harbours', query: 'harbour' });
    await upload('harbour-at-dawn');
    const found = await server.request(`/api/v2/collections/${saved.id}/assets`);
    expect(await names(found)).toEqual(['harbour-at-dawn.png']);
    expect(found.headers.get('x-total-count')).toBeNull();
    const list = await create({ kind: 'list', name: 'Kept' });
    expect(await edit(list.id, 'add', { query: 'harbour' })).toMatchObject({ assetCount: 1 });
  });

  it('refuse what is wrong, and say what to do', async () => {
    const elsewhere = await server.create('/api/clients', { name: 'Other' });
    const foreign = await upload('foreign', elsewhere);
    const { id } = await create({ kind: 'list', name: 'Strict' });
    const add = (body: object) => send('POST', `/api/v2/collections/${id}/add`, body);
    expect(await refusal(await add({ assetIds: [foreign.id] }))).toEqual({
      status: 404,
      code: 'not_found',
      detail: 'There is no such asset.',
    });
    for (const body of [{}, { assetIds: [foreign.id], query: 'x' }]) {
      expect(await refusal(await add(body))).toMatchObject({
        status: 400,
        detail: expect.stringContaining('either assetIds or a query'),
      });
    }
    const unnamed = await send('POST', '/api/v2/collections', { clientId, kind: 'list', name: ' ' });
    expect(await refusal(unnamed)).toMatchObject({
      status: 400,
      detail: expect.stringContaining("a collection's name must not be empty"),
    });
    const long = { clientId, kind: 'query', name: 'Long', query: 'x'.repeat(501) };
    expect(await refusal(await send('POST', '/api/v2/collections', long))).toMatchObject({
      status: 400,
      detail: expect.stringContaining('has at most 500 characters'),
    });
    const both = await send('POST', `/api/v2/collections/${id}/move`, {
      assetIds: [foreign.id],
      before: foreign.id,
    });
    expect(await refusal(both)).toMatchObject({
      status: 400,
      detail: expect.stringContaining('is one of those that are moved'),
    });
  });

  it('go with a client that has no assets', async () => {
    const id = await server.create('/api/clients', { name: 'Short-lived' });
    await create({ clientId: id, kind: 'list', name: 'Empty' });
    await create({ clientId: id, kind: 'query', name: 'Saved', query: 'kind:video' });
    const answer = await server.request(`/api/clients/${id}`, { method: 'DELETE' });
    expect(answer.status).toBe(200);
  });

  it('let go of an asset that is deleted for good, and show one that comes back from the trash', async () => {
    const [kept, gone] = [await upload('kept'), await upload('gone')];
    const { id } = await create({ kind: 'list', name: 'Final' });
    await edit(id, 'add', { assetIds: [gone.id, kept.id] });
    const shown = async () => names(await server.request(`/api/v2/collections/${id}/assets`));
    for (const asset of [kept, gone]) {
      await server.request(`/api/v2/assets/${asset.id}`, { method: 'DELETE' });
    }
    expect(await shown()).toEqual([]);
    await send('POST', `/api/v2/assets/${kept.id}/restore`, {});
    const purged = await send('POST', `/api/v2/assets/${gone.id}/purge`, {});
    expect(purged.status).toBe(200);
    expect(await shown()).toEqual(['kept.png']);
    expect(await edit(id, 'move', { assetIds: [kept.id], before: null })).toMatchObject({ assetCount: 1 });
  });
});
