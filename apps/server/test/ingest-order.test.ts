import { AppError, type BlobStore, type ServiceDependencies } from '@vitrine/core';
import { assetSchema, problemSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

type Step = 'receive' | 'inspect' | 'put' | 'transaction' | 'discard';

/** The real parts, with each step of an upload noted when it is done, or failing where a test says so. */
function watched(steps: string[], failAt: { step: Step | null; error: Error }) {
  async function note<T>(step: Step, work: () => Promise<T>): Promise<T> {
    if (failAt.step === step) throw failAt.error;
    const result = await work();
    steps.push(step);
    return result;
  }
  const watchedStore = (store: BlobStore): BlobStore => ({
    name: store.name,
    put: (staged) => note('put', () => store.put(staged)),
    replace: (staged) => store.replace(staged),
    open: (sha256, range) => store.open(sha256, range),
    stat: (sha256) => store.stat(sha256),
    delete: (sha256) => store.delete(sha256),
    list: () => store.list(),
    close: () => store.close(),
  });
  return (real: ServiceDependencies): ServiceDependencies => ({
    ...real,
    staging: {
      receive: (source, options) => note('receive', () => real.staging.receive(source, options)),
      discard: (staged) => note('discard', () => real.staging.discard(staged)),
      sweep: (age) => real.staging.sweep(age),
    },
    inspector: {
      inspect: (file) => note('inspect', () => real.inspector.inspect(file)),
      close: async () => {},
    },
    blobs: {
      all: real.blobs.all,
      storeFor: (size) => watchedStore(real.blobs.storeFor(size)),
      byName: (name) => watchedStore(real.blobs.byName(name)),
      close: () => real.blobs.close(),
    },
    database: {
      read: (work) => real.database.read(work),
      transaction: (work) => note('transaction', () => real.database.transaction(work)),
      onCommitted: (listener) => real.database.onCommitted(listener),
      revision: () => real.database.revision(),
      check: () => real.database.check(),
      close: () => real.database.close(),
    },
  });
}

async function upload(
  server: TestServer,
  clientId: string,
  content: Buffer,
  duplicates = 'reuse',
): Promise<Response> {
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'duplicates', value: duplicates },
    { name: 'file', value: content, fileName: 'a.png' },
  ];
  return server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
}

describe('an upload', () => {
  it('is acknowledged after the bytes are durable, and the row after the bytes', async () => {
    const steps: string[] = [];
    await using server = await startServer(
      {},
      { dependencies: watched(steps, { step: null, error: new Error() }) },
    );
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    steps.length = 0;
    const answer = await upload(server, clientId, await smallPng());
    expect(answer.status).toBe(201);
    // The route makes sure of the last step, whoever has taken it.
    expect([...new Set(steps)]).toEqual(['receive', 'inspect', 'put', 'transaction', 'discard']);
    expect((await server.leftovers()).staging).toBe(0);
  });

  it.each<[Step, Error, string, number]>([
    ['inspect', new Error('the parser is broken'), 'internal', 0],
    ['put', new AppError('storage_full', 'There is no room.'), 'storage_full', 0],
    ['put', new Error('EIO'), 'internal', 0],
    // Bytes that are stored but belong to nothing are found and removed later: deleting them here could take them
    // from another upload of the same bytes that is just being committed.
    ['transaction', new AppError('storage_full', 'The database is full.'), 'storage_full', 1],
    ['transaction', new Error('the disk is gone'), 'internal', 1],
  ])(
    'that fails at %s (%s) answers %s and leaves neither staging file nor row',
    async (step, error, code, blobs) => {
      const failAt: { step: Step | null; error: Error } = { step: null, error };
      await using server = await startServer({}, { dependencies: watched([], failAt) });
      const clientId = await server.create('/api/clients', { name: 'Northwind' });
      failAt.step = step;
      const answer = await upload(server, clientId, await smallPng());
      expect(problemSchema.parse(await answer.json())).toMatchObject({ code });
      expect(await server.leftovers()).toEqual({ staging: 0, assets: 0, blobs });
      failAt.step = null;
      expect((await upload(server, clientId, await smallPng())).status).toBe(201);
      expect(await server.leftovers()).toEqual({ staging: 0, assets: 1, blobs: 1 });
    },
  );

  it('of the same bytes sixteen times at once, when each is wanted, makes sixteen assets of one stored blob', async () => {
    await using server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const content = await smallPng(5);
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => upload(server, clientId, content, 'keep')),
    );
    const assets = await Promise.all(answers.map(async (answer) => assetSchema.parse(await answer.json())));
    expect(new Set(assets.map(({ id }) => id)).size).toBe(16);
    expect(new Set(assets.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 1, assets: 16 });
    const stats = await server.request(`/api/clients/${clientId}/stats`);
    expect(await stats.json()).toMatchObject({ count: 16, bytes: 16 * content.length });
  });

  it('of a campaign that is deleted while the bytes are on their way is refused', async () => {
    const ended: { campaign: (() => Promise<unknown>) | null } = { campaign: null };
    await using server = await startServer(
      {},
      {
        dependencies: (real) => ({
          ...real,
          inspector: {
            async inspect(file) {
              await ended.campaign?.();
              return real.inspector.inspect(file);
            },
            close: async () => {},
          },
        }),
      },
    );
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    ended.campaign = () => server.request(`/api/campaigns/${campaignId}`, { method: 'DELETE' });
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'campaignId', value: campaignId },
      { name: 'file', value: await smallPng(), fileName: 'a.png' },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    expect(problemSchema.parse(await answer.json())).toMatchObject({ status: 404, code: 'not_found' });
    expect(await server.leftovers()).toMatchObject({ staging: 0, assets: 0 });
  });
});
