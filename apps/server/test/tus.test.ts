import { createHash } from 'node:crypto';
import { appendFile, readdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assetSchema, problemSchema } from '@vitrine/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../src/serve.ts';
import { smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';
import { slowly, tusBy } from './tus-client.ts';
import { wavChunks } from './wav-stream.ts';

const codeOf = async (answer: Response) => problemSchema.parse(await answer.json()).code;
const bytesOf = (bytes: Buffer) => new Uint8Array(bytes);
const wav = (size: number, seed = 1) => Buffer.concat([...wavChunks(size, Buffer.alloc(4096, seed))]);

describe('a resumable upload', () => {
  let server: TestServer;
  let clientId: string;
  let now: number;

  beforeEach(async () => {
    now = Date.now();
    server = await startServer({}, { clock: { now: () => now } });
    clientId = await server.create('/api/clients', { name: 'Northwind' });
  });
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const places = (answer: Response) => answer.headers.get('location') ?? '';
  const offset = (answer: Response) => answer.headers.get('upload-offset');
  const waiting = () => readdir(path.join(server.dataDir, 'staging'));

  it('says what it can do to whoever asks, without a key', async () => {
    const answer = await server.request('/api/tus', { method: 'OPTIONS', key: null });
    expect([answer.status, Object.fromEntries(answer.headers)]).toMatchObject([
      204,
      {
        'tus-version': '1.0.0',
        'tus-extension':
          'creation,creation-with-upload,creation-defer-length,termination,expiration,checksum',
        'tus-checksum-algorithm': 'sha1,sha256',
        'tus-max-size': String(5 * 1024 ** 3),
      },
    ]);
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });

  it('in pieces becomes an asset with the fields of its metadata, and says so in the last answer and ever after', async () => {
    const tus = tusBy(server);
    const bytes = wav(300_000);
    const begun = await tus.begin(bytes.length, {
      clientId,
      filename: 'tone.wav',
      filetype: 'audio/wav',
      type: 'audio/wav',
      tags: '["voice_sample","calm"]',
      path: 'shoot/day 1',
    });
    expect(begun.status).toBe(201);
    const place = places(begun);
    expect(place).toMatch(/^\/api\/tus\/[0-9a-f-]{36}$/);
    expect(Date.parse(begun.headers.get('upload-expires') ?? '')).toBeGreaterThan(now + 23 * 3600_000);

    const first = await tus.patch(place, 0, bytesOf(bytes.subarray(0, 100_000)));
    expect([first.status, offset(first)]).toEqual([204, '100000']);
    const between = await tus.head(place);
    expect([between.status, offset(between), between.headers.get('upload-length')]).toEqual([
      200,
      '100000',
      '300000',
    ]);
    expect(between.headers.get('upload-metadata')).toContain('filename ');
    expect(between.headers.get('cache-control')).toBe('no-store');

    const last = await tus.patch(place, 100_000, bytesOf(bytes.subarray(100_000)));
    expect([last.status, offset(last), last.headers.get('vitrine-outcome')]).toEqual([
      200,
      '300000',
      'created',
    ]);
    const asset = assetSchema.parse(await last.json());
    expect(asset).toMatchObject({
      name: 'tone.wav',
      type: 'audio',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      roles: ['voice_sample'],
    });
    for (const answer of [await tus.head(place), await tus.patch(place, bytes.length, '')]) {
      expect([answer.status, offset(answer)]).toEqual([200, '300000']);
      expect(answer.headers.get('vitrine-outcome')).toBe('created');
      expect(answer.headers.get('vitrine-asset')).toBe(asset.id);
    }
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 1, assets: 1 });
  });

  it('may bring its first bytes along, all of them too, and its length later', async () => {
    const tus = tusBy(server);
    const png = await smallPng(1);
    const whole = await tus.begin(png.length, { clientId, filename: 'a.png' }, {}, bytesOf(png));
    expect([whole.status, offset(whole)]).toEqual([201, String(png.length)]);
    expect(whole.headers.get('vitrine-asset')).toBe(assetSchema.parse(await whole.json()).id);

    const other = await smallPng(2);
    const begun = await tus.begin(null, { clientId, filename: 'b.png' }, {}, bytesOf(other.subarray(0, 10)));
    expect([begun.status, offset(begun)]).toEqual([201, '10']);
    expect((await tus.head(places(begun))).headers.get('upload-defer-length')).toBe('1');
    const rest = bytesOf(other.subarray(10));
    const done = await tus.patch(places(begun), 10, rest, { 'upload-length': String(other.length) });
    expect([done.status, done.headers.get('vitrine-outcome')]).toEqual([200, 'created']);
  });

  it('of bytes that are there already is deduplicated, and may be a new version', async () => {
    const tus = tusBy(server);
    const [png, other] = [await smallPng(1), await smallPng(2)];
    const send = (bytes: Buffer, texts: Record<string, string> = {}) =>
      tus.begin(bytes.length, { clientId, filename: 'a.png', ...texts }, {}, bytesOf(bytes));
    const { id } = assetSchema.parse(await (await send(png)).json());
    expect((await send(png)).headers.get('vitrine-outcome')).toBe('deduplicated');
    expect((await send(png, { duplicates: 'keep' })).headers.get('vitrine-outcome')).toBe('created');
    const version = await send(other, { assetId: id });
    expect(version.headers.get('vitrine-outcome')).toBe('new_version');
    expect(await version.json()).toMatchObject({ id, version: 2 });
  });

  it('is refused before its bytes: by fields, place, permission, size and quota', async () => {
    const tus = tusBy(server);
    const refused = async (answer: Response) => [answer.status, await codeOf(answer)];
    const missing = await tus.begin(10, { filename: 'a.png' });
    expect(problemSchema.parse(await missing.json()).issues?.[0]?.path).toEqual(['clientId']);
    expect(await refused(await tus.begin(10, { clientId: crypto.randomUUID() }))).toEqual([404, 'not_found']);
    expect(await refused(await tus.begin(0, { clientId }))).toEqual([422, 'unreadable_media']);
    expect(await refused(await tus.begin(6 * 1024 ** 3, { clientId }))).toEqual([413, 'too_large']);
    const reader = await server.addUser('owner', ['assets:read']);
    expect(await refused(await tusBy(server, reader.key).begin(1, { clientId }))).toEqual([403, 'forbidden']);
    await server.request(`/api/clients/${clientId}/quota`, jsonRequest('POST', { maxBytes: 1000 }));
    const large = tus.begin(1001, { clientId }, {}, new Uint8Array(1001));
    expect(await refused(await large)).toEqual([413, 'quota_exceeded']);
    const later = await tus.begin(null, { clientId });
    const length = tus.patch(places(later), 0, new Uint8Array(1001), { 'upload-length': '1001' });
    expect(await refused(await length)).toEqual([413, 'quota_exceeded']);
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 0, assets: 0 });
  });

  it('speaks one version of the protocol, at one offset', async () => {
    const tus = tusBy(server);
    const place = places(await tus.begin(100, { clientId }));
    for (const headers of [{}, { 'tus-resumable': '0.2.2' }]) {
      const old = await server.request(place, { method: 'PATCH', headers, body: new Uint8Array(100) });
      expect([old.status, old.headers.get('tus-version')]).toEqual([412, '1.0.0']);
    }
    expect((await tus.patch(place, 5, new Uint8Array(10))).status).toBe(409);
    expect((await tus.patch(place, 0, new Uint8Array(101))).status).toBe(413);
    expect((await tus.patch(place, 0, 'x', { 'content-type': 'text/plain' })).status).toBe(400);
    expect(offset(await tus.head(place))).toBe('0');
    const override = { 'x-http-method-override': 'PATCH', 'upload-offset': '0' };
    const posted = await server.request(place, {
      method: 'POST',
      headers: { ...override, 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(7),
    });
    expect([posted.status, offset(posted)]).toEqual([204, '7']);
    expect((await server.request(place)).status).toBe(404);
  });

  it('is nobody else’s: for them it is not there', async () => {
    const tus = tusBy(server);
    const other = tusBy(server, (await server.addUser('owner')).key);
    const place = places(await tus.begin(100, { clientId }));
    const answers = [
      await other.head(place),
      await other.patch(place, 0, new Uint8Array(100)),
      await other.end(place),
      await tus.head(`/api/tus/${crypto.randomUUID()}`),
      await tus.head('/api/tus/none'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    const keyless = await server.request(place, { method: 'HEAD', key: null });
    expect(keyless.status).toBe(401);
    expect((await tus.head(place)).status).toBe(200);
  });

  it('of two writers takes the bytes of one and tells the other to wait', async () => {
    const tus = tusBy(server);
    const bytes = wav(200_000);
    const place = places(await tus.begin(bytes.length, { clientId, filename: 'a.wav' }));
    const first = tus.patch(place, 0, slowly(bytes, 10, 50));
    await delay(150);
    const wrong = Buffer.alloc(bytes.length, 9);
    const second = await tus.patch(place, 0, bytesOf(wrong));
    expect([second.status, await codeOf(second)]).toEqual([423, 'locked']);
    expect((await tus.head(place)).status).toBe(423);
    const asset = assetSchema.parse(await (await first).json());
    expect(asset.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 1, assets: 1 });
  });

  it('of ten who send the same piece at once takes it once', async () => {
    const tus = tusBy(server);
    const png = await smallPng(5);
    const place = places(await tus.begin(png.length, { clientId, filename: 'a.png' }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => tus.patch(place, 0, bytesOf(png))));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.every((status) => [200, 409, 423].includes(status))).toBe(true);
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 1, assets: 1 });
  });

  it('goes from one server to another on the same data, and is written by one of them at a time', async () => {
    // Its composition shares nothing with the first one's but the data.
    await using second = await serve(
      { ...server.composition.config, publicUrl: null, port: 0 },
      { background: false },
    );
    const there = tusBy({
      request: (address, { key: _key, ...init } = {}) => {
        const headers = new Headers(init.headers);
        headers.set('x-api-key', server.owner.key);
        return fetch(new URL(address, second.url), { ...init, headers });
      },
    });
    const here = tusBy(server);
    const bytes = wav(200_000);
    const place = places(await here.begin(bytes.length, { clientId, filename: 'a.wav' }));
    const first = here.patch(place, 0, slowly(bytes.subarray(0, 100_000), 10, 50));
    await delay(150);
    expect((await there.patch(place, 0, bytesOf(bytes))).status).toBe(423);
    expect(offset(await first)).toBe('100000');
    const last = await there.patch(place, 100_000, bytesOf(bytes.subarray(100_000)));
    expect(assetSchema.parse(await last.json()).sha256).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
    expect((await here.head(place)).headers.get('vitrine-outcome')).toBe('created');
  });

  it('goes on where another server process left it, and waits no longer than a lease for one that died', async () => {
    const tus = tusBy(server);
    const png = await smallPng(5);
    const place = places(await tus.begin(png.length, { clientId, filename: 'a.png' }));
    const id = place.split('/').at(-1);
    const { default: Sqlite } = await import('better-sqlite3');
    const db = new Sqlite(path.join(server.dataDir, 'vitrine.sqlite'));
    db.prepare('update uploads set locked_by = ?, locked_until = ? where id = ?').run('dead', now + 8000, id);
    db.close();
    expect((await tus.patch(place, 0, bytesOf(png))).status).toBe(423);
    now += 8001;
    expect((await tus.patch(place, 0, bytesOf(png))).status).toBe(200);
  });

  it('keeps a piece only when its checksum is right', async () => {
    const tus = tusBy(server);
    const png = await smallPng(1);
    const place = places(await tus.begin(png.length, { clientId, filename: 'a.png' }));
    const sum = (bytes: Buffer, algorithm: 'sha1' | 'sha256') => ({
      'upload-checksum': `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`,
    });
    const [head, tail] = [png.subarray(0, 20), png.subarray(20)];
    const wrong = await tus.patch(place, 0, bytesOf(head), sum(tail, 'sha1'));
    expect([wrong.status, await codeOf(wrong)]).toEqual([460, 'checksum_mismatch']);
    expect(offset(await tus.head(place))).toBe('0');
    for (const header of ['md5 AAAA', 'sha1 AAAA', 'sha256']) {
      const unknown = await tus.patch(place, 0, bytesOf(head), { 'upload-checksum': header });
      expect(unknown.status).toBe(400);
    }
    expect((await tus.patch(place, 0, bytesOf(head), sum(head, 'sha1'))).status).toBe(204);
    expect((await tus.patch(place, 20, bytesOf(tail), sum(tail, 'sha256'))).status).toBe(200);
  });

  it('can be ended: its bytes go, and it is not there any more', async () => {
    const tus = tusBy(server);
    const place = places(await tus.begin(100, { clientId }, {}, new Uint8Array(50)));
    expect(await waiting()).toHaveLength(1);
    expect((await tus.end(place)).status).toBe(204);
    expect([(await tus.head(place)).status, (await tus.end(place)).status]).toEqual([404, 404]);
    expect(await waiting()).toEqual([]);
  });

  it('is forgotten a day after its last bytes, not before', async () => {
    const tus = tusBy(server);
    const { resumable } = server.composition.services;
    const place = places(await tus.begin(100, { clientId }));
    now += 20 * 3600_000;
    await tus.patch(place, 0, new Uint8Array(50));
    now += 20 * 3600_000;
    expect(await resumable.prune()).toBe(0);
    expect((await tus.head(place)).status).toBe(200);
    now += 5 * 3600_000;
    expect((await tus.head(place)).status).toBe(404);
    expect(await waiting()).toHaveLength(1);
    expect(await resumable.prune()).toBe(1);
    expect(await waiting()).toEqual([]);
  });

  it('leaves no file behind that belongs to none, whatever ended the process that had it', async () => {
    const tus = tusBy(server);
    const { resumable } = server.composition.services;
    const png = await smallPng(4);
    const finished = await tus.begin(png.length, { clientId, filename: 'a.png' }, {}, bytesOf(png));
    const running = await tus.begin(100, { clientId }, {}, new Uint8Array(50));
    const hoursAgo = new Date(Date.now() - 2 * 3600_000);
    const fileOf = (place: string) =>
      path.join(server.dataDir, 'staging', `${place.split('/').at(-1)}.upload`);
    const files = [places(finished), places(running), `/${crypto.randomUUID()}`].map(fileOf);
    for (const file of files) {
      await appendFile(file, '');
      await utimes(file, hoursAgo, hoursAgo);
    }
    expect(await resumable.prune()).toBe(2);
    expect(await waiting()).toEqual([path.basename(files[1] ?? '')]);
    expect((await tus.head(places(running))).status).toBe(200);
  });

  it('that no asset can be made of says why, also when it is asked again, and keeps no bytes', async () => {
    const tus = tusBy(server);
    const begun = tus.begin(9, { clientId, filename: 'a.png' }, {}, '<html><a>');
    expect(await codeOf(await begun)).toBe('unsupported_format');
    const place = places(await tus.begin(9, { clientId, filename: 'a.png' }));
    expect((await tus.patch(place, 0, '<html><a>')).status).toBe(415);
    expect((await tus.head(place)).status).toBe(415);
    expect(await codeOf(await tus.patch(place, 9, ''))).toBe('unsupported_format');
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 0, assets: 0 });
  });

  it('that was whole when the server could not take it is taken later, without its bytes being sent again', async () => {
    const tus = tusBy(server);
    const png = await smallPng(3);
    const place = places(await tus.begin(png.length, { clientId, filename: 'a.png' }));
    const quota = (maxAssets: number | null) =>
      server.request(`/api/clients/${clientId}/quota`, jsonRequest('POST', { maxAssets }));
    await quota(0);
    expect(await codeOf(await tus.patch(place, 0, bytesOf(png)))).toBe('quota_exceeded');
    expect((await tus.head(place)).status).toBe(413);
    await quota(null);
    const head = await tus.head(place);
    expect([head.status, head.headers.get('vitrine-outcome')]).toEqual([200, 'created']);
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 1, assets: 1 });
  });
});
