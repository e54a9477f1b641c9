import type { BlobStore } from '@vitrine/core';
import { type Asset, assetSchema, assetUsesSchema, problemSchema, trashedAssetSchema } from '@vitrine/schema';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ComposeOverrides } from '../src/compose.ts';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const dayMs = 86_400_000;
const listSchema = z.object({ items: z.array(trashedAssetSchema), nextCursor: z.string().nullable() });

interface Library {
  readonly server: TestServer;
  readonly clientId: string;
  /** Lets days go by. */
  later(days: number): void;
}

async function openLibrary(overrides: ComposeOverrides = {}): Promise<Library> {
  let offset = 0;
  const server = await startServer({}, { clock: { now: () => Date.now() + offset }, ...overrides });
  return {
    server,
    clientId: await server.create('/api/clients', { name: 'Northwind' }),
    later: (days) => {
      offset += days * dayMs;
    },
  };
}

let seed = 0;
async function upload(
  { server, clientId }: Library,
  fields: Record<string, string> = {},
  bytes?: Buffer,
): Promise<Asset> {
  seed += 1;
  const parts = [
    { name: 'clientId', value: clientId },
    ...Object.entries(fields).map(([name, value]) => ({ name, value })),
    { name: 'file', value: bytes ?? (await smallPng(seed)), fileName: `picture-${seed}.png` },
  ];
  const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  return assetSchema.parse(await answer.json());
}
const trash = ({ server }: Library, { id }: Pick<Asset, 'id'>) =>
  server.request(`/api/v2/assets/${id}`, { method: 'DELETE' });
const post = ({ server }: Library, address: string, body: object = {}) =>
  server.request(address, jsonRequest('POST', body));
async function listed({ server, clientId }: Library, query = '') {
  const answer = await server.request(`/api/v2/trash?clientId=${clientId}${query}`);
  return listSchema.parse(await answer.json());
}

describe('the trash', () => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary();
  });
  afterAll(() => library.server[Symbol.asyncDispose]());

  it('lists what came last first, in pages, with when each goes for good', async () => {
    const assets = [await upload(library), await upload(library), await upload(library)];
    for (const asset of assets) await trash(library, asset);
    const page = await listed(library, '&limit=2');
    expect(page.items.map(({ id }) => id)).toEqual([assets[2]?.id, assets[1]?.id]);
    const [newest] = page.items;
    expect(Date.parse(newest?.purgeAt ?? '') - Date.parse(newest?.trashedAt ?? '')).toBe(30 * dayMs);
    const rest = await listed(library, `&limit=2&cursor=${page.nextCursor}`);
    expect(rest).toMatchObject({ items: [{ id: assets[0]?.id }], nextCursor: null });
  });

  it('gives an asset back with its name, tags, campaign and versions', async () => {
    const { server, clientId } = library;
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    const asset = await upload(library, { campaignId, tags: '["spring","brand_logo"]', name: 'Hero' });
    await upload(library, { assetId: asset.id });
    await trash(library, asset);
    expect((await server.request(asset.url.replace(server.url, ''))).status).toBe(404);
    const answer = await post(library, `/api/v2/assets/${asset.id}/restore`);
    expect(assetSchema.parse(await answer.json())).toMatchObject({
      name: 'Hero',
      campaignId,
      tags: ['brand_logo', 'spring'],
      version: 2,
    });
    expect((await server.request(`/api/v2/assets/${asset.id}/data`)).status).toBe(200);
    const again = problemSchema.parse(
      await (await post(library, `/api/v2/assets/${asset.id}/restore`)).json(),
    );
    expect(again).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('does not give back what the client has no room for any more', async () => {
    const asset = await upload(library);
    await trash(library, asset);
    await post(library, `/api/clients/${library.clientId}/quota`, { maxAssets: 1 });
    await upload(library).catch(() => null);
    const answer = await post(library, `/api/v2/assets/${asset.id}/restore`);
    expect(problemSchema.parse(await answer.json())).toMatchObject({ code: 'quota_exceeded' });
    await post(library, `/api/clients/${library.clientId}/quota`, {});
    expect((await post(library, `/api/v2/assets/${asset.id}/restore`)).status).toBe(200);
  });

  it('deletes nothing for good that is not in it', async () => {
    const asset = await upload(library);
    expect((await post(library, `/api/v2/assets/${asset.id}/purge`)).status).toBe(404);
    expect((await library.server.request(`/api/v2/assets/${asset.id}/metadata`)).status).toBe(200);
  });

  it('shows what an asset is used for, and keeps what something is made of unless it is forced to let go', async () => {
    const logo = await upload(library, { name: 'Logo' });
    const derivedFrom = JSON.stringify([{ assetId: logo.id, version: 1, role: 'brand_logo' }]);
    const film = await upload(library, { name: 'Film', derivedFrom });
    const uses = assetUsesSchema.parse(
      await (await library.server.request(`/api/v2/assets/${logo.id}/uses`)).json(),
    );
    expect(uses).toEqual({ collections: [], shares: [], madeInto: [{ id: film.id, name: 'Film' }] });
    await trash(library, logo);
    const refused = problemSchema.parse(
      await (await post(library, `/api/v2/assets/${logo.id}/purge`)).json(),
    );
    expect(refused).toMatchObject({ status: 409, code: 'in_use', detail: expect.stringContaining('“Film”') });
    const emptied = await post(library, `/api/v2/clients/${library.clientId}/trash/empty`);
    expect(await emptied.json()).toMatchObject({ kept: 1 });
    expect((await listed(library)).items.map(({ id }) => id)).toEqual([logo.id]);
    expect((await post(library, `/api/v2/assets/${logo.id}/purge`, { force: true })).status).toBe(200);
    const lineage = await library.server.request(`/api/v2/assets/${film.id}/made-of`);
    expect(await lineage.json()).toMatchObject({ items: [] });
  });

  it('deletes by itself what has been in it for thirty days, and notes that nobody did', async () => {
    const asset = await upload(library);
    await trash(library, asset);
    const { services, database } = library.server.composition;
    library.later(29);
    expect(await services.trash.purgeOld()).toBe(0);
    library.later(2);
    expect(await services.trash.purgeOld()).toBe(1);
    expect((await listed(library)).items).toEqual([]);
    const events = await database.read((readers) => readers.audit.list({ afterSeq: 0, limit: 1000 }));
    expect(events.at(-1)).toMatchObject({ action: 'asset.purge', actorKind: 'system', targetId: asset.id });
  });
});

describe('the collector', () => {
  let library: Library;
  beforeEach(async () => {
    library = await openLibrary();
  });
  afterEach(() => library.server[Symbol.asyncDispose]());

  const collect = () => library.server.composition.services.collector.collect();
  const purge = async (asset: Asset) => {
    await trash(library, asset);
    expect((await post(library, `/api/v2/assets/${asset.id}/purge`)).status).toBe(200);
  };
  const sql = (text: string) => library.server.sql(text);

  it('gives back the bytes of what was deleted, originals and renditions, once the grace is over', async () => {
    const asset = await upload(library);
    await library.server.request(`/api/v2/assets/${asset.id}/thumbnail`);
    await purge(asset);
    expect(await collect()).toMatchObject({ deleted: 0 });
    expect((await library.server.leftovers()).blobs).toBe(2);
    library.later(3);
    expect(await library.server.composition.services.collector.preview()).toMatchObject({ due: 2 });
    expect(await collect()).toMatchObject({ deleted: 2, strays: 0, marked: 0 });
    expect((await library.server.leftovers()).blobs).toBe(0);
  });

  it('keeps bytes that another asset has, and those that came back in the meantime', async () => {
    const bytes = await smallPng(70_000);
    const first = await upload(library, {}, bytes);
    const other = await upload(library, { duplicates: 'keep' }, bytes);
    await purge(first);
    library.later(3);
    expect(await collect()).toMatchObject({ deleted: 0 });
    await purge(other);
    library.later(1);
    const back = await upload(library, {}, bytes);
    library.later(3);
    expect(await collect()).toMatchObject({ deleted: 0 });
    expect((await library.server.request(`/api/v2/assets/${back.id}/data`)).status).toBe(200);
  });

  it('gives bytes without a row time before they go', async () => {
    const { blobs } = library.server.composition;
    const asset = await upload(library);
    await purge(asset);
    sql('delete from blobs');
    expect(await collect()).toMatchObject({ strays: 1, deleted: 0 });
    library.later(3);
    expect(await collect()).toMatchObject({ strays: 0, deleted: 1 });
    const left = await Promise.all(blobs.all.map((store) => Array.fromAsync(store.list())));
    expect(left.flat()).toEqual([]);
  });

  it('that was killed between deleting bytes and their row ends its work when it is called again', async () => {
    const bytes = await smallPng(71_000);
    const asset = await upload(library, {}, bytes);
    await purge(asset);
    sql('update blobs set unreferenced_at = 1, deleting_at = 1');
    const [store] = library.server.composition.blobs.all;
    await store?.delete(asset.sha256);
    await collect();
    const back = await upload(library, {}, bytes);
    expect((await library.server.request(`/api/v2/assets/${back.id}/data`)).status).toBe(200);
  });

  it.each(['before', 'after'] as const)(
    'that deletes just %s an upload has made sure of the same bytes makes it store them again',
    async (when) => {
      const between: { act: (() => Promise<unknown>) | null } = { act: null };
      const act = async () => {
        const { act: once } = between;
        between.act = null;
        await once?.();
      };
      const hooked = (store: BlobStore): BlobStore => ({
        ...store,
        async put(staged) {
          if (when === 'before') await act();
          await store.put(staged);
          if (when === 'after') await act();
        },
      });
      const other = await openLibrary({
        dependencies: ({ blobs, ...real }) => ({
          ...real,
          blobs: {
            ...blobs,
            storeFor: (size) => hooked(blobs.storeFor(size)),
            byName: (name) => hooked(blobs.byName(name)),
          },
        }),
      });
      await using server = other.server;
      const bytes = await smallPng(73_000);
      const gone = await upload(other, {}, bytes);
      await trash(other, gone);
      await post(other, `/api/v2/assets/${gone.id}/purge`);
      other.later(3);
      const { collector } = server.composition.services;
      between.act = async () => expect(await collector.collect()).toMatchObject({ deleted: 1 });
      const asset = await upload(other, {}, bytes);
      expect(between.act).toBeNull();
      const served = await server.request(`/api/v2/assets/${asset.id}/data`);
      expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
    },
  );

  it('never takes bytes from an upload that comes at the same moment', async () => {
    const bytes = await smallPng(72_000);
    for (let round = 0; round < 100; round += 1) {
      const before = await upload(library, {}, bytes);
      await purge(before);
      library.later(3);
      const [asset] = await Promise.all([
        upload(library, {}, bytes),
        (async () => {
          for (let turn = 0; turn < round % 7; turn += 1) await new Promise(setImmediate);
          await collect();
        })(),
      ]);
      const served = await library.server.request(`/api/v2/assets/${asset.id}/data`);
      expect(served.status).toBe(200);
      expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
    }
  }, 60_000);
});
