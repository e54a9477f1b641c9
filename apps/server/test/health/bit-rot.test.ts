import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../start-server.ts';
import { type SeededBlob, seedBlobs } from './seed-blobs.ts';
import { flipBytes, removeBytes } from './stored-bytes.ts';

const flipped = 1000;
const deleted = 100;
const strays = 100;
const all = 2500;

describe.each(['disk', 'database'] as const)('bit rot among thousands of files in the store %s', (store) => {
  let server: TestServer;
  let blobs: readonly SeededBlob[];
  let before: { blobs: number; assets: number };
  beforeAll(async () => {
    server = await startServer({ VITRINE_BLOBS: store, VITRINE_BLOB_INLINE_MAX: '0' });
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const place = { dataDir: server.dataDir, store };
    const seed = { ...place, clientId, userId: server.owner.id };
    blobs = seedBlobs({ ...seed, count: all, salt: 'kept' });
    seedBlobs({ ...seed, count: strays, salt: 'stray', strays: true });
    flipBytes(place, blobs.slice(0, flipped));
    removeBytes(
      place,
      blobs.slice(flipped, flipped + deleted).map(({ sha256 }) => sha256),
    );
    before = await server.leftovers();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const examine = () => server.composition.services.examiner.examine({ bytesPerSecond: 0 });
  const get = ({ assetId }: SeededBlob) => server.request(`/api/v2/assets/${assetId}/data`);

  it('is found: each of 1,000 changed, 100 deleted and 100 stray ones, and nothing is deleted', async () => {
    const report = await server.composition.services.verifier.verify({ bytesPerSecond: 0 });
    expect(report).toMatchObject({ blobs: all, complete: true });
    expect(report.damaged).toEqual({ missing: deleted, wrong_size: 0, wrong_bytes: flipped, unreadable: 0 });
    const counts = new Map((await examine()).map(({ what, count }) => [what, count]));
    expect(counts.get('stored bytes')).toBe(flipped + deleted);
    expect(counts.get('bytes without a row')).toBe(strays);
    expect(await server.leftovers()).toEqual(before);
    expect(before).toMatchObject({ blobs: all - deleted + strays });
  });

  it('is never served as good, and what is good is served', async () => {
    const answers = { damaged: 0, good: 0 };
    const ask = async (blob: SeededBlob) => {
      const answer = await get(blob);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.status === 500) answers.damaged += 1;
      else if (answer.status === 200 && bytes.equals(blob.bytes)) answers.good += 1;
    };
    for (let at = 0; at < flipped + deleted + 400; at += 50)
      await Promise.all(blobs.slice(at, at + 50).map(ask));
    expect(answers).toEqual({ damaged: flipped + deleted, good: 400 });
  });

  it('is not served as good before anybody has looked for it either, where the files are small', async () => {
    const blob = blobs[all - 1];
    if (!blob) throw new Error('There is no such blob.');
    flipBytes({ dataDir: server.dataDir, store }, [blob]);
    expect((await get(blob)).status).toBe(500);
  });
});
