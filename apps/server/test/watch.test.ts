import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { toTimestamp, uuidIds } from '@vitrine/core';
import { type Asset, assetSchema, type ChangeEvent, clientIdSchema, clientSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';
import { openWatch, type Watch } from './watch-events.ts';

async function upload(
  server: TestServer,
  clientId: string,
  seed = 0,
  key = server.owner.key,
): Promise<Asset> {
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'file', value: await smallPng(seed), fileName: `${seed}.png` },
  ];
  const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts), key });
  return assetSchema.parse(await answer.json());
}

function changeOf(event: ChangeEvent) {
  if (event.type !== 'change') throw new Error(`A change was expected, not ${event.type}.`);
  return event;
}

/** The next change, and where to go on behind it. */
async function nextChange(watch: Watch) {
  const { id, event } = await watch.next();
  return { id, ...changeOf(event) };
}

/** A watch that has begun, and a client. */
async function startWatching(settings: Record<string, string> = {}) {
  const server = await startServer(settings);
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const watch = await openWatch(server);
  const begun = await watch.next();
  return { server, clientId, watch, begun, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Notes changes past the use cases, as many as a test needs. */
async function appendProgress(server: TestServer, client: string, count: number, size = 1): Promise<void> {
  const clientId = clientIdSchema.parse(client);
  await server.composition.database.transaction(async (writers) => {
    for (let done = 0; done < count; done++) {
      await writers.changes.append({
        kind: 'job.progress',
        at: toTimestamp(Date.now()),
        clientId,
        campaignId: null,
        assetId: uuidIds.asset(),
        job: 'x'.repeat(size),
        done,
        total: count,
      });
    }
  });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await condition()); turn++) {
    if (turn > 500) throw new Error('It did not come about.');
    await delay(10);
  }
}

describe('a watch', () => {
  it('hears of an upload within a second, with the tile as the list has it', async () => {
    await using test = await startWatching();
    expect(test.begun.event).toEqual({ type: 'caught_up' });
    const asset = await upload(test.server, test.clientId);
    const acknowledged = performance.now();
    const { change, tile } = await nextChange(test.watch);
    expect(performance.now() - acknowledged).toBeLessThan(1000);
    expect(change).toMatchObject({
      kind: 'asset.created',
      assetId: asset.id,
      clientId: test.clientId,
      campaignId: null,
    });
    expect(tile).toMatchObject({ id: asset.id, name: '0.png', width: 40, height: 30, url: asset.url });
  });

  it('hears of an edit, of what is made of the asset, and that it is gone', async () => {
    await using test = await startWatching();
    const { id } = await upload(test.server, test.clientId);
    const kinds = new Map<string, Awaited<ReturnType<typeof nextChange>>['tile']>();
    const hear = async (kind: string) => {
      while (!kinds.has(kind)) {
        const { change, tile } = await nextChange(test.watch);
        expect(change.assetId).toBe(id);
        kinds.set(change.kind, tile);
      }
      return kinds.get(kind);
    };
    await hear('asset.created');
    await test.server.request(`/api/v2/assets/${id}`, jsonRequest('PATCH', { name: 'Harbour' }));
    expect(await hear('asset.updated')).toMatchObject({ id, name: 'Harbour' });
    await test.server.request(`/api/v2/assets/${id}/thumbnail`);
    expect(await hear('rendition.ready')).toMatchObject({ id, preview: { state: 'ready' } });
    await test.server.request(`/api/v2/assets/${id}`, { method: 'DELETE' });
    expect(await hear('asset.trashed')).toBeNull();
  });

  it('goes on behind the last event: what was missed is told, and nothing twice', async () => {
    await using test = await startWatching();
    const { server, clientId } = test;
    const first = await upload(server, clientId, 1);
    const heard = await nextChange(test.watch);
    expect(heard.change.assetId).toBe(first.id);
    await test.watch[Symbol.asyncDispose]();
    const missed = [await upload(server, clientId, 2), await upload(server, clientId, 3)];
    const created = async (watch: Watch) => {
      for (;;) {
        const { change } = await nextChange(watch);
        if (change.kind === 'asset.created') return change.assetId;
      }
    };
    await using again = await openWatch(server, { lastEventId: heard.id });
    expect([await created(again), await created(again)]).toEqual(missed.map(({ id }) => id));
    // One that had heard nothing yet knows where it began, all the same.
    await using quiet = await openWatch(server, { lastEventId: test.begun.id });
    expect(await created(quiet)).toBe(first.id);
  });

  it('is told to load everything again when nobody knows what it missed', async () => {
    await using test = await startWatching();
    const { server, clientId } = test;
    await appendProgress(server, clientId, 20);
    await server.composition.database.transaction((writers) => writers.changes.prune({ before: 0, keep: 5 }));
    for (const [seed, lastEventId] of ['3', '999999', 'of another server'].entries()) {
      await using watch = await openWatch(server, { lastEventId });
      expect((await watch.next()).event).toEqual({ type: 'reset' });
      await upload(server, clientId, seed);
      expect((await nextChange(watch)).change.kind).toBe('asset.created');
    }
    await using kept = await openWatch(server, { lastEventId: '15' });
    expect((await nextChange(kept)).id).toBe('16');
  });

  it('says nothing of a client that its user may not see, and ends at one that it names', async () => {
    await using test = await startWatching();
    const { server } = test;
    const member = await server.addUser('member');
    const headers = { 'x-api-key': member.key };
    const made = await server.request('/api/clients', {
      ...jsonRequest('POST', { name: 'Own' }),
      key: member.key,
    });
    const own = clientSchema.parse(await made.json());
    await using foreign = await openWatch(server, { headers, clientId: test.clientId });
    expect(await foreign.end()).toBe('not_found');
    await using watch = await openWatch(server, { headers });
    await using narrow = await openWatch(server, { clientId: own.id });
    await watch.next();
    await narrow.next();
    for (const seed of [1, 2]) await upload(server, test.clientId, seed);
    const mine = await upload(server, own.id, 3, member.key);
    await upload(server, test.clientId, 4);
    expect((await nextChange(watch)).change.assetId).toBe(mine.id);
    expect((await nextChange(narrow)).change.assetId).toBe(mine.id);
    const last = await upload(server, own.id, 5, member.key);
    // Behind them come renditions of the two, and nothing else.
    for (const heard of [watch, narrow]) {
      for (let id = ''; id !== last.id; ) {
        id = (await nextChange(heard)).change.assetId;
        expect([mine.id, last.id]).toContain(id);
      }
    }
  });

  it('of a member keeps its place while nothing that happens is for the member', async () => {
    await using server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const member = await server.addUser('member');
    await using watch = await openWatch(server, { headers: { 'x-api-key': member.key } });
    const begun = await watch.next();
    await appendProgress(server, clientId, 1000);
    const { id, event } = await watch.next();
    expect(event).toEqual({ type: 'caught_up' });
    expect(Number(id)).toBe(Number(begun.id) + 1000);
  });

  it('is refused without a credential, with a wrong one, and with a key that may not read', async () => {
    await using server = await startServer();
    const blind = await server.addUser('owner', ['clients:read']);
    const cases = [
      [{}, 'unauthenticated'],
      [{ 'x-api-key': 'vtr_wrong' }, 'unauthenticated'],
      [{ 'x-api-key': blind.key }, 'forbidden'],
    ] as const;
    for (const [headers, code] of cases) {
      await using watch = await openWatch(server, { headers });
      expect(await watch.end()).toBe(code);
    }
    expect((await server.request('/trpc/change.watch', { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('ends within seconds when its key is revoked or its session is signed out', async () => {
    await using server = await startServer();
    const keyed = await server.addUser('member');
    const person = await server.addUser('member');
    const signIn = await server.request('/api/auth/sign-in/email', {
      ...jsonRequest('POST', { email: person.email, password: person.password }),
      headers: { 'content-type': 'application/json', origin: server.url },
      key: null,
    });
    const cookie = (signIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    await using byKey = await openWatch(server, { headers: { 'x-api-key': keyed.key } });
    await using byCookie = await openWatch(server, { headers: { cookie } });
    expect((await byKey.next()).event.type).toBe('caught_up');
    expect((await byCookie.next()).event.type).toBe('caught_up');

    const context = await server.composition.auth.$context;
    await context.adapter.deleteMany({
      model: 'apikey',
      where: [{ field: 'referenceId', value: keyed.id }],
    });
    const signOut = await server.request('/api/auth/sign-out', {
      method: 'POST',
      headers: { cookie, origin: server.url },
      key: null,
    });
    expect(signOut.status).toBe(200);
    const since = performance.now();
    expect(await Promise.all([byKey.end(), byCookie.end()])).toEqual(['unauthenticated', 'unauthenticated']);
    expect(performance.now() - since).toBeLessThan(5000);
  });

  it('is one of twenty at most for a key; one that leaves makes room', async () => {
    await using server = await startServer();
    const watches = await Promise.all(Array.from({ length: 20 }, () => openWatch(server)));
    for (const watch of watches) await watch.next();
    await using refused = await openWatch(server);
    expect(await refused.end()).toBe('rate_limited');
    await using other = await openWatch(server, {
      headers: { 'x-api-key': (await server.addUser('owner')).key },
    });
    expect((await other.next()).event.type).toBe('caught_up');

    await watches[0]?.[Symbol.asyncDispose]();
    await until(async () => {
      await using next = await openWatch(server);
      return await next.next().then(
        () => true,
        () => false,
      );
    });
  });

  it('is neither squeezed nor cached, and has every header that guards the other answers', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    await using server = await startServer({ VITRINE_HOST: '0.0.0.0' });
    const { port } = new URL(server.url);
    // From this machine itself nothing is ever squeezed.
    const address = `http://${outside?.address ?? '127.0.0.1'}:${port}/trpc/change.watch`;
    const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
      const sent = httpRequest(
        address,
        { headers: { 'accept-encoding': 'gzip', 'x-api-key': server.owner.key } },
        (answer) => {
          answer.once('data', () => {
            resolve(answer.headers);
            sent.destroy();
          });
        },
      );
      sent.once('error', reject).end();
    });
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('that is open, or not even read, does not hold up a server that stops', async () => {
    const server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const watch = await openWatch(server);
    await watch.next();
    const stuck = httpRequest(`${server.url}/trpc/change.watch`, {
      headers: { 'x-api-key': server.owner.key, 'last-event-id': '0' },
    });
    const cut = new Promise((resolve) => stuck.once('close', resolve).once('error', () => {}));
    await appendProgress(server, clientId, 300, 60_000);
    const began = new Promise<void>((resolve) => {
      stuck.once('response', (answer) => {
        answer.pause();
        answer.once('error', () => {});
        resolve();
      });
    });
    stuck.end();
    await began;
    await delay(300);
    const since = performance.now();
    const told = watch.end();
    await server[Symbol.asyncDispose]();
    expect(performance.now() - since).toBeLessThan(1000);
    // The tRPC client takes this for a pause and connects again.
    expect(await told).toBe('unavailable');
    stuck.destroy();
    await cut;
  });
});
