import type { BlobStore, BlobStoreName, ServiceDependencies } from '@vitrine/core';
import { copyGraceMs } from '@vitrine/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../start-server.ts';
import { type SeededBlob, seedBlobs } from './seed-blobs.ts';
import { flipBytes } from './stored-bytes.ts';

const count = 48;
/** Longer ones stay; about a quarter of what is seeded. */
const largest = 200;

describe('moving bytes to another store', () => {
  let server: TestServer;
  let blobs: readonly SeededBlob[];
  let offset = 0;
  /** Called after bytes have been written into the database, before anything says so. */
  let afterCopy = () => {};

  beforeEach(async () => {
    offset = 0;
    afterCopy = () => {};
    const limited = (store: BlobStore): BlobStore =>
      store.name === 'disk'
        ? store
        : {
            ...store,
            maxBytes: largest,
            async replace(staged) {
              await store.replace(staged);
              afterCopy();
            },
          };
    const dependencies = (real: ServiceDependencies): ServiceDependencies => ({
      ...real,
      blobs: { ...real.blobs, all: real.blobs.all.map(limited) },
    });
    const clock = { now: () => Date.now() + offset };
    server = await startServer({ VITRINE_BLOB_INLINE_MAX: '0' }, { clock, dependencies });
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const seed = { dataDir: server.dataDir, clientId, userId: server.owner.id, count, salt: 'move' };
    blobs = seedBlobs({ ...seed, store: 'disk' });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const move = (to: BlobStoreName) => server.composition.services.mover.move({ to, bytesPerSecond: 0 });
  const isGood = async ({ assetId, bytes }: SeededBlob) => {
    const answer = await server.request(`/api/v2/assets/${assetId}/data`);
    return answer.status === 200 && Buffer.from(await answer.arrayBuffer()).equals(bytes);
  };
  const allGood = async () => (await Promise.all(blobs.map(isGood))).every(Boolean);
  const copies = async () => {
    const findings = await server.composition.services.examiner.examine({ bytesPerSecond: 0 });
    return findings.find(({ what }) => what === 'copies')?.count;
  };
  const held = async (name: BlobStoreName) => {
    const store = server.composition.blobs.byName(name);
    return (await Array.fromAsync(store.list())).length;
  };
  const large = () => blobs.filter(({ bytes }) => bytes.length > largest).length;

  it('moves what the other store takes, says what stays and why, and every read in between is right', async () => {
    let isMoving = true;
    const reading = (async () => {
      let reads = 0;
      for (let at = 0; isMoving || reads < 50; at += 1) {
        const blob = blobs[at % blobs.length];
        if (blob) expect(await isGood(blob)).toBe(true);
        reads += 1;
      }
    })();
    const moved = await move('database');
    isMoving = false;
    await reading;
    expect(moved.moved.blobs).toBe(count - large());
    expect(moved.tooLarge.blobs).toBe(large());
    expect(moved).toMatchObject({ damaged: { blobs: 0 }, waiting: { blobs: 0 }, passedOver: { blobs: 0 } });
    expect(await held('disk')).toBe(count);
    expect(await held('database')).toBe(count - large());
    expect(await move('database')).toMatchObject({ moved: { blobs: 0 }, tooLarge: { blobs: large() } });
  });

  it('removes the old copies after an hour, and not before', async () => {
    const { mover } = server.composition.services;
    await move('database');
    expect(await mover.removeCopies()).toBe(0);
    expect(await copies()).toBe(0);
    expect((await move('disk')).waiting.blobs).toBe(count - large());
    offset = copyGraceMs + 1;
    expect(await mover.removeCopies()).toBe(count - large());
    expect(await held('disk')).toBe(large());
    expect(await allGood()).toBe(true);
    expect(await move('disk')).toMatchObject({ moved: { blobs: count - large() } });
    expect(await held('disk')).toBe(count);
    expect(await allGood()).toBe(true);
  });

  it('goes on where it was cut off, and nothing is left over', async () => {
    let copied = 0;
    afterCopy = () => {
      copied += 1;
      if (copied === 20) throw new Error('killed');
    };
    await expect(move('database')).rejects.toThrow('killed');
    expect(await copies()).toBe(1);
    expect(await allGood()).toBe(true);
    expect((await move('database')).moved.blobs).toBe(count - large() - 19);
    expect(await copies()).toBe(0);
    expect(await allGood()).toBe(true);
  });

  it('leaves where they are bytes that are wrong, and a copy in the other store that is wrong is put right', async () => {
    const [rotten, ...others] = blobs.filter(({ bytes }) => bytes.length <= largest);
    const [second] = others;
    if (!rotten || !second) throw new Error('There are too few.');
    flipBytes({ dataDir: server.dataDir, store: 'disk' }, [rotten]);
    afterCopy = () => {
      throw new Error('killed');
    };
    await expect(move('database')).rejects.toThrow('killed');
    afterCopy = () => {};
    const inDatabase = await Array.fromAsync(server.composition.blobs.byName('database').list());
    const copied = blobs.filter(({ sha256 }) => inDatabase.some((one) => one === sha256));
    expect(copied).toHaveLength(1);
    flipBytes({ dataDir: server.dataDir, store: 'database' }, copied);
    const moved = await move('database');
    expect(moved.damaged.blobs).toBe(1);
    expect(moved.moved.blobs).toBe(count - large() - 1);
    expect(await isGood(rotten)).toBe(false);
    for (const blob of [...copied, second]) expect(await isGood(blob)).toBe(true);
  });

  it('refuses a store that is not set up', async () => {
    await expect(move('s3')).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('database or disk'),
    });
  });
});
