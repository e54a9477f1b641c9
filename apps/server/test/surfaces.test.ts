import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client';
import type { AppRouter } from '@vitrine/api';
import {
  type Asset,
  type AssetListInput,
  assetSchema,
  assetTileSchema,
  problemSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const openApiSchema = z.object({
  openapi: z.string(),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))),
});

describe('one definition, many surfaces', () => {
  let server: TestServer;
  let trpc: ReturnType<typeof createTRPCClient<AppRouter>>;
  let clientId: string;
  let campaignId: string;
  const uploaded: Asset[] = [];

  beforeAll(async () => {
    server = await startServer();
    const headers = { authorization: `Bearer ${server.owner.key}` };
    trpc = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${server.url}/trpc`, headers })] });
    ({ id: clientId } = await trpc.client.create.mutate({ name: 'Northwind' }));
    ({ id: campaignId } = await trpc.campaign.create.mutate({ clientId, name: 'Winter' }));
    for (let index = 0; index < 7; index += 1) {
      const answer = await server.request('/api/v2/upload-asset', {
        method: 'POST',
        body: formOf([
          { name: 'file', value: await smallPng(index), fileName: `Façade ${index}.png` },
          { name: 'tags', value: index % 2 ? '["product_shot","Röd"]' : '["background"]' },
          { name: 'clientId', value: clientId },
          ...(index % 3 === 0 ? [{ name: 'campaignId', value: campaignId }] : []),
        ]),
      });
      expect(answer.status).toBe(201);
      const asset = assetSchema.parse(await answer.json());
      expect(answer.headers.get('location')).toBe(asset.url);
      uploaded.push(asset);
    }
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const list = async (query: string): Promise<{ assets: Asset[]; headers: Headers }> => {
    const answer = await server.request(`/api/v2/assets${query}`);
    expect(answer.status).toBe(200);
    return { assets: z.array(assetSchema).parse(await answer.json()), headers: answer.headers };
  };

  it('give the same assets by tRPC and by REST, newest first', async () => {
    const typed = await trpc.asset.list.query({ clientId });
    const { assets, headers } = await list(`?clientId=${clientId}`);
    expect(assets).toEqual(typed.items);
    expect(assets).toEqual([...uploaded].reverse());
    expect(headers.get('x-total-count')).toBe('7');
    expect(headers.get('link')).toBeNull();
  });

  it('give every filter the same meaning on both', async () => {
    const filters: [string, AssetListInput][] = [
      ['?asset_type=image', { type: 'image' }],
      ['?type=video', { type: 'video' }],
      [`?campaignId=${campaignId}`, { campaignId }],
      ['?tags=r%C3%B6d', { tags: ['röd'] }],
      ['?tags=product_shot,R%C3%96D', { tags: ['product_shot', 'RÖD'] }],
      ['?tags=product_shot&tags=background', { tags: ['product_shot', 'background'] }],
      ['?q=facade%203', { q: 'facade 3' }],
      ['?limit=3&offset=2', { limit: 3, offset: 2 }],
    ];
    for (const [query, input] of filters) {
      const typed = await trpc.asset.list.query(input);
      expect((await list(query)).assets, query).toEqual(typed.items);
    }
    expect((await list('?tags=r%C3%B6d')).assets).toHaveLength(3);
    expect((await list('?tags=product_shot&tags=background')).assets).toHaveLength(0);
    expect((await list('?q=facade%203')).assets.map(({ name }) => name)).toEqual(['Façade 3.png']);
  });

  it('walk the whole list by the Link header, each asset once', async () => {
    const seen: Asset[] = [];
    let next: string | null = `${server.url}/api/v2/clients/${clientId}/assets?limit=3`;
    while (next) {
      const answer = await server.request(next);
      seen.push(...z.array(assetSchema).parse(await answer.json()));
      next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? null;
    }
    expect(seen).toEqual([...uploaded].reverse());
  });

  it('draw tiles of the same assets in the same order', async () => {
    const { items } = await trpc.asset.tiles.query({ clientId, limit: 5 });
    const full = await trpc.asset.list.query({ clientId, limit: 5 });
    expect(items.map(({ id }) => id)).toEqual(full.items.map(({ id }) => id));
    expect(z.array(assetTileSchema).parse(items)).toEqual(items);
    expect(z.array(assetSchema).parse(full.items)).toEqual(full.items);
    expect(items[0]).toMatchObject({ name: 'Façade 6.png', width: 40, height: 30, durationMs: null });
  });

  it('answer 404 to a list of a client that is unknown, and 422 to a campaign of another client', async () => {
    const other = await trpc.client.create.mutate({ name: 'Other' });
    const mismatch = await server.request(`/api/v2/assets?clientId=${other.id}&campaignId=${campaignId}`);
    expect(problemSchema.parse(await mismatch.json())).toMatchObject({ code: 'campaign_client_mismatch' });
    const unknown = await server.request('/api/v2/clients/01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01/assets');
    expect(unknown.status).toBe(404);
  });

  it('name a query parameter that is malformed', async () => {
    for (const [query, field] of [
      ['limit=0', 'limit'],
      ['limit=many', 'limit'],
      ['asset_type=hologram', 'type'],
      ['cursor=zzz', 'cursor'],
      ['clientId=7', 'clientId'],
    ] as const) {
      const answer = await server.request(`/api/v2/assets?${query}`);
      const problem = problemSchema.parse(await answer.json());
      expect(problem).toMatchObject({ status: 400, code: 'invalid_input' });
      expect(problem.issues?.[0]?.path[0], query).toBe(field);
    }
  });

  it('carry the same problem in a typed error', async () => {
    const error = await trpc.asset.get
      .query({ id: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TRPCClientError);
    const typed = error instanceof TRPCClientError ? error : null;
    expect(problemSchema.parse(typed?.data?.problem)).toMatchObject({ status: 404, code: 'not_found' });
    expect(typed?.data).not.toHaveProperty('stack');
  });

  it('rename, move, tag and trash an asset, with the counters following', async () => {
    const asset = uploaded[1];
    if (!asset) throw new Error('nothing was uploaded');
    const before = await trpc.client.stats.query({ id: clientId });
    const moved = await trpc.asset.update.mutate({
      id: asset.id,
      name: 'Renamed.png',
      campaignId,
      tags: ['subject', 'Blå'],
    });
    expect(moved).toMatchObject({
      name: 'Renamed.png',
      campaignId,
      roles: ['subject'],
      rowVersion: 2,
      version: 1,
    });
    expect([...moved.tags].sort()).toEqual(['Blå', 'subject']);
    expect(await (await server.request(`/api/v2/assets/${asset.id}/metadata`)).json()).toEqual(moved);
    const patched = await server.request(`/api/v2/assets/${asset.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': '"2"' },
      body: JSON.stringify({ campaignId: null }),
    });
    expect(await patched.json()).toMatchObject({ campaignId: null, rowVersion: 3, priority: null });
    for (const priority of [2, null] as const) {
      expect(await trpc.asset.update.mutate({ id: asset.id, priority })).toMatchObject({ priority });
    }
    await expect(trpc.asset.update.mutate({ id: asset.id, priority: 0 })).rejects.toThrow(TRPCClientError);
    const gone = await server.request(`/api/v2/assets/${asset.id}`, { method: 'DELETE' });
    expect(await gone.json()).toEqual({ success: true, message: 'The asset was moved to the trash.' });
    expect((await server.request(`/api/v2/assets/${asset.id}`)).status).toBe(404);
    const after = await trpc.client.stats.query({ id: clientId });
    expect(after.count).toBe(before.count - 1);
    expect(after.bytes).toBe(before.bytes - asset.size);
    expect(after.byType.image).toEqual({ count: after.count, bytes: after.bytes });
  });

  it('take a query by POST when it is too long for an address', async () => {
    const answer = await server.request(
      '/trpc/asset.list',
      jsonRequest('POST', { clientId, tags: ['ü'.repeat(60)] }),
    );
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ result: { data: { items: [], nextCursor: null } } });
  });

  it('refuse a batch that is too large and a body that is too long', async () => {
    const batch = Array.from({ length: 30 }, () => 'system.version').join(',');
    const many = await server.request(`/trpc/${batch}?batch=1&input=${encodeURIComponent('{}')}`);
    expect(many.status).toBeGreaterThanOrEqual(400);
    const single = createTRPCClient<AppRouter>({
      links: [
        httpLink({ url: `${server.url}/trpc`, headers: { authorization: `Bearer ${server.owner.key}` } }),
      ],
    });
    const long = 'x'.repeat(2_000_000);
    await expect(single.client.create.mutate({ name: 'n', description: long })).rejects.toThrow();
  });

  it('describe themselves in OpenAPI 3.1, with the union told apart by its type', async () => {
    const answer = await server.request('/openapi.json', { key: null });
    const document = openApiSchema.parse(await answer.json());
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.components.schemas['Asset']).toMatchObject({
      oneOf: [
        { $ref: '#/components/schemas/ImageAsset' },
        { $ref: '#/components/schemas/VideoAsset' },
        { $ref: '#/components/schemas/AudioAsset' },
        { $ref: '#/components/schemas/DocumentAsset' },
      ],
      discriminator: { propertyName: 'type' },
    });
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const path of [
      '/api/v2/upload-asset',
      '/api/v2/assets',
      '/api/v2/assets/{id}/metadata',
      '/api/clients/{id}/stats',
    ]) {
      expect(document.paths).toHaveProperty([path]);
    }
  });

  it('have a reference page that loads nothing from elsewhere', async () => {
    const page = await (await server.request('/docs', { key: null })).text();
    expect(page).not.toMatch(/https?:\/\//);
    const script = await server.request('/docs/standalone.js', { key: null });
    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect((await script.arrayBuffer()).byteLength).toBeGreaterThan(1_000_000);
  });
});
