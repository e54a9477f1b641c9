import { createHash } from 'node:crypto';
import { type Asset, assetSchema, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer } from '../start-server.ts';
import { flipBytes, removeBytes } from './stored-bytes.ts';

describe.each(['disk', 'database'] as const)('stored bytes in the store %s', (store) => {
  let server: TestServer;
  let clientId: string;
  let seed = 0;
  beforeAll(async () => {
    server = await startServer({ VITRINE_BLOBS: store, VITRINE_BLOB_INLINE_MAX: '0' });
    clientId = await server.create('/api/clients', { name: 'Northwind' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const verify = () => server.composition.services.verifier.verify({ bytesPerSecond: 0 });
  const place = () => ({ dataDir: server.dataDir, store });
  const get = ({ id }: Asset, ending = '') => server.request(`/api/v2/assets/${id}${ending}`);
  async function send(bytes: Buffer): Promise<Asset> {
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'file', value: bytes, fileName: 'picture.png' },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    return assetSchema.parse(await answer.json());
  }
  async function upload() {
    seed += 1;
    const bytes = await smallPng(seed);
    const asset = await send(bytes);
    return { asset, bytes, sha256: asset.sha256 };
  }
  const damagedCode = async (answer: Response) => {
    expect(answer.status).toBe(500);
    return problemSchema.parse(await answer.json()).code;
  };

  it('are read and found right, and their rows say when', async () => {
    await upload();
    expect(await verify()).toMatchObject({ blobs: 1, healed: 0, complete: true, damaged: { missing: 0 } });
    const again = await server.composition.database.read((readers) =>
      readers.health.leastVerified({ before: Date.now() - 60_000, limit: 10 }),
    );
    expect(again).toEqual([]);
  });

  it('are not served once they were found changed or gone, until the same file is sent again', async () => {
    const [changed, gone] = [await upload(), await upload()];
    flipBytes(place(), [changed]);
    removeBytes(place(), [gone.sha256]);
    expect((await verify()).damaged).toEqual({ missing: 1, wrong_size: 0, wrong_bytes: 1, unreadable: 0 });
    for (const { asset, bytes, sha256 } of [changed, gone]) {
      expect(await damagedCode(await get(asset))).toBe('damaged');
      expect(await damagedCode(await get(asset, '/data?download=1'))).toBe('damaged');
      const known = await server.request(`/api/v2/clients/${clientId}/assets/by-hash/${sha256}`);
      expect(await known.json()).toEqual([]);
      const fromHash = jsonRequest('POST', { clientId, sha256, name: 'copy' });
      expect((await server.request('/api/v2/assets/from-hash', fromHash)).status).toBe(404);
      expect((await send(bytes)).id).toBe(asset.id);
      const answer = await get(asset);
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    }
    expect(await verify()).toMatchObject({ healed: 0, damaged: { missing: 0, wrong_bytes: 0 } });
  });

  it('are written down in the audit log when they are found damaged and when they are put right', async () => {
    const { bytes, sha256 } = await upload().then((one) => {
      flipBytes(place(), [one]);
      return one;
    });
    await verify();
    await send(bytes);
    const { services, database } = server.composition;
    const events = await database.read((readers) => readers.audit.list({ afterSeq: 0, limit: 500 }));
    const about = events.filter(({ targetId }) => targetId === sha256);
    expect(about.map(({ action, actorKind, after }) => ({ action, actorKind, after }))).toEqual([
      {
        action: 'blob.damaged',
        actorKind: 'system',
        after: { damage: 'wrong_bytes', size: bytes.length, store },
      },
      { action: 'blob.healed', actorKind: 'system', after: null },
    ]);
    expect((await services.audit.verify()).ok).toBe(true);
  });

  it('of a preview are not served either when they are damaged, though they were served a moment ago', async () => {
    const { asset } = await upload();
    const thumbnail = Buffer.from(await (await get(asset, '/thumbnail')).arrayBuffer());
    const sha256 = createHash('sha256').update(thumbnail).digest('hex');
    flipBytes(place(), [{ sha256, bytes: thumbnail }]);
    await verify();
    expect(await damagedCode(await get(asset, '/thumbnail'))).toBe('damaged');
    expect((await get(asset)).status).toBe(200);
    const { renditions } = server.composition.services;
    // What the job does that was queued when the damage was found.
    await renditions.make({ assetId: asset.id, version: 1, stage: 'first', remake: true }, { last: false });
    const anew = Buffer.from(await (await get(asset, '/thumbnail')).arrayBuffer());
    expect(anew.equals(thumbnail)).toBe(true);
    const jobs = await server.composition.database.read((readers) =>
      readers.jobs.list({ states: ['waiting'], limit: 100, at: Date.now() }),
    );
    expect(jobs.map(({ payload }) => payload)).toContainEqual({
      assetId: asset.id,
      version: 1,
      stage: 'first',
      remake: true,
    });
  });

  it('are not served through a share link either, nor in its ZIP', async () => {
    const one = await upload();
    const settings = { name: 'Spring', target: { kind: 'assets', assetIds: [one.asset.id] } };
    const made = await server.request('/api/shares', jsonRequest('POST', settings));
    const [link] = z.array(z.object({ url: z.string() })).parse(await made.json());
    const shared = `/api${new URL(link?.url ?? '').pathname}`;
    const file = `${shared}/assets/${one.asset.id}/data`;
    expect((await server.request(file, { key: null })).status).toBe(200);
    flipBytes(place(), [one]);
    await verify();
    for (const address of [file, `${shared}/zip`]) {
      expect(await damagedCode(await server.request(address, { key: null }))).toBe('damaged');
    }
  });

  it('are read by the background in small steps, of which each queues the next', async () => {
    for (let more = 0; more < 5; more += 1) await upload();
    const { services, database, clock } = server.composition;
    const report = await services.verifier.step();
    expect(report).toMatchObject({ blobs: 1, complete: false });
    const jobs = await database.read((readers) =>
      readers.jobs.list({ states: ['waiting'], limit: 100, at: clock.now() }),
    );
    const next = jobs.filter(({ name }) => name === 'blob.verify');
    expect(next).toHaveLength(1);
    expect(Date.parse(next[0]?.runAt ?? '') - clock.now()).toBeGreaterThan(20 * 60_000);
  });
});
