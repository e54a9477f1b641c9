import { once } from 'node:events';
import { TRPCClientError } from '@trpc/client';
import { initTRPC, TRPCError } from '@trpc/server';
import { createHTTPServer } from '@trpc/server/adapters/standalone';
import { errorTable, type Problem } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createVitrineClient, isVitrineError, toVitrineError, VitrineError } from '../src/index.ts';

const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
const refusal: Problem = {
  type: 'urn:vitrine:problem:not_found',
  ...errorTable.not_found,
  detail: 'There is no client with this id.',
  code: 'not_found',
  requestId: 'r-9',
};

interface Seen {
  readonly method: string | undefined;
  readonly url: string;
  readonly authorization: string | undefined;
}

/** A tRPC server with the limits of the real one and procedures that echo or refuse. */
async function startProcedures() {
  const seen: Seen[] = [];
  const t = initTRPC.create({
    errorFormatter: ({ shape }) => ({ ...shape, data: { ...shape.data, problem: refusal } }),
  });
  const anything = t.procedure.input(z.unknown());
  const listener = createHTTPServer({
    router: t.router({
      system: { version: t.procedure.query(() => ({ name: 'vitrine', version: '1.2.3' })) },
      asset: {
        list: anything.query(({ input }) => ({ items: [], nextCursor: JSON.stringify(input), total: 0 })),
      },
      client: {
        create: anything.mutation(({ input }) => input),
        get: anything.query(() => {
          throw new TRPCError({ code: 'NOT_FOUND', message: refusal.detail });
        }),
      },
    }),
    basePath: '/trpc/',
    allowMethodOverride: true,
    maxBatchSize: 20,
  });
  listener.prependListener('request', ({ method, url = '', headers }) =>
    seen.push({ method, url, authorization: headers.authorization }),
  );
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

describe('a procedure', () => {
  it('is called under /trpc with the key, whether or not the address ends in a slash', async () => {
    await using server = await startProcedures();
    for (const url of [server.url, `${server.url}/`, new URL(server.url)]) {
      const vitrine = createVitrineClient({ url, apiKey: 'vtr_k' });
      await expect(vitrine.system.version.query()).resolves.toEqual({ name: 'vitrine', version: '1.2.3' });
    }
    expect(new Set(server.seen.map(({ url }) => url.split('?')[0]))).toEqual(
      new Set(['/trpc/system.version']),
    );
    expect(new Set(server.seen.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer vtr_k']));
  });

  it('sends no credential when there is no key', async () => {
    await using server = await startProcedures();
    await createVitrineClient({ url: server.url }).system.version.query();
    expect(server.seen[0]?.authorization).toBeUndefined();
  });

  it('shares a request with others of the same moment, twenty at most', async () => {
    await using server = await startProcedures();
    const vitrine = createVitrineClient({ url: server.url });
    const pages = await Promise.all(
      Array.from({ length: 45 }, (_, offset) => vitrine.asset.list.query({ clientId, offset })),
    );
    expect(pages.map(({ nextCursor }) => JSON.parse(nextCursor ?? '').offset)).toEqual([...pages.keys()]);
    expect(server.seen.length).toBeGreaterThanOrEqual(3);
    expect(server.seen.length).toBeLessThanOrEqual(5);
    for (const { url } of server.seen) expect(url.length).toBeLessThan(4200);
  });

  it('whose input is too long for an address is asked in a body', async () => {
    await using server = await startProcedures();
    const vitrine = createVitrineClient({ url: server.url });
    const tags = Array.from({ length: 20 }, (_, n) => `${n}${'ü'.repeat(60)}`);
    const [long, short] = await Promise.all([
      vitrine.asset.list.query({ clientId, tags }),
      vitrine.asset.list.query({ clientId }),
    ]);
    expect(JSON.parse(long.nextCursor ?? '')).toEqual({ clientId, tags });
    expect(JSON.parse(short.nextCursor ?? '')).toEqual({ clientId });
    expect(server.seen.map(({ method }) => method).toSorted()).toEqual(['GET', 'POST']);
    for (const { url } of server.seen) expect(url.length).toBeLessThan(4200);
  });

  it('goes through a fetch of the caller’s own', async () => {
    await using server = await startProcedures();
    const asked: string[] = [];
    const vitrine = createVitrineClient({
      url: server.url,
      fetch: (input, init) => {
        asked.push(String(input));
        return fetch(input, init);
      },
    });
    await vitrine.system.version.query();
    expect(asked).toHaveLength(1);
  });
});

describe('a procedure that is refused', () => {
  it('rejects with the same error class as an upload, which is also tRPC’s', async () => {
    await using server = await startProcedures();
    const call = createVitrineClient({ url: server.url }).client.get.query({ id: clientId });
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(VitrineError);
    expect(error).toBeInstanceOf(TRPCClientError);
    expect(isVitrineError(error, 'not_found')).toBe(true);
    expect(isVitrineError(error, 'conflict')).toBe(false);
    expect(error).toMatchObject({
      message: refusal.detail,
      status: 404,
      requestId: 'r-9',
      issues: [],
      data: { code: 'NOT_FOUND', problem: refusal },
    });
  });

  it('is one of four in its request without taking the others with it', async () => {
    await using server = await startProcedures();
    const vitrine = createVitrineClient({ url: server.url });
    const [refused, ...others] = await Promise.allSettled([
      vitrine.client.get.query({ id: clientId }),
      vitrine.system.version.query(),
      vitrine.asset.list.query({}),
    ]);
    expect(refused.status).toBe('rejected');
    expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });
});

describe('an error', () => {
  it('of a tRPC client of one’s own is recognised', () => {
    const raw = new TRPCClientError('x', {
      result: { error: { code: -32004, message: 'x', data: { code: 'NOT_FOUND', problem: refusal } } },
    });
    expect(toVitrineError(raw)).toMatchObject({ code: 'not_found', detail: refusal.detail, cause: raw });
  });

  it('that is no answer of the server is not a refusal', async () => {
    const call = createVitrineClient({ url: 'http://127.0.0.1:9' }).system.version.query();
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TRPCClientError);
    expect(isVitrineError(error)).toBe(false);
    for (const other of [error, new Error('x'), 'x', null]) expect(toVitrineError(other)).toBeNull();
  });
});
