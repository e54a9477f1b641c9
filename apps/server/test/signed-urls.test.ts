import { type AddressSigner, createAddressSigner, systemClock } from '@vitrine/core';
import { type Asset, assetSchema, problemSchema, sha256Schema, userIdSchema } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

const idSchema = z.object({ id: z.string() });
const hour = 3600_000;
const secret = 'the secret of these tests, long enough';

describe('a signed address', () => {
  let server: TestServer;
  let member: TestUser;
  let asset: Asset;
  let bytes: Buffer;
  let reads = 0;
  let later = 0;
  let forge: AddressSigner['sign'];

  beforeAll(async () => {
    const clock = { now: () => systemClock.now() + later };
    forge = createAddressSigner({ secret, clock }).sign;
    server = await startServer(
      { VITRINE_SECRET: secret },
      {
        clock,
        dependencies: (real) => ({
          ...real,
          database: {
            ...real.database,
            read: (work) => {
              reads += 1;
              return real.database.read(work);
            },
          },
        }),
      },
    );
    member = await server.addUser('member');
    bytes = await smallPng(3, 300, 200);
    asset = await upload(member.key);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function upload(key: string, content = bytes): Promise<Asset> {
    const made = await server.request('/api/clients', { key, ...jsonRequest('POST', { name: `Of ${key}` }) });
    const { id: clientId } = idSchema.parse(await made.json());
    const body = formOf([
      { name: 'clientId', value: clientId },
      { name: 'file', value: content, fileName: 'Straße.png' },
    ]);
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body, key });
    return assetSchema.parse(await answer.json());
  }

  /** Without any credential. */
  const open = (url: string, headers: Record<string, string> = {}) =>
    server.request(url, { key: null, headers });

  async function refusal(answer: Response): Promise<{ status: number; detail: string }> {
    const { status, detail } = problemSchema.parse(await answer.json());
    return { status, detail };
  }

  function sql(statement: string, ...values: unknown[]): void {
    const db = new Sqlite(`${server.dataDir}/vitrine.sqlite`);
    try {
      expect(db.prepare(statement).run(...values).changes).toBe(1);
    } finally {
      db.close();
    }
  }

  it('opens the bytes without any credential, to be kept until it expires', async () => {
    const answer = await open(asset.url);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    const [, seconds] =
      /^private, max-age=(\d+), immutable$/.exec(answer.headers.get('cache-control') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(3590);
    expect(Number(seconds)).toBeLessThanOrEqual(7200);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('is the only way in without a credential, and good for nothing else', async () => {
    const canonical = `${server.url}/api/v2/assets/${asset.id}`;
    expect((await open(canonical)).status).toBe(401);
    const signature = new URL(asset.url).search;
    for (const other of [`/thumbnail${signature}`, `/metadata${signature}`, `/waveform${signature}`]) {
      expect((await open(canonical + other)).status, other).toBe(401);
    }
    expect((await open(`${canonical}/data${signature}`)).status).toBe(200);
  });

  it('that was changed or is too old is refused in words that say what to do', async () => {
    const changed = await refusal(await open(asset.url.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))));
    expect(changed).toMatchObject({ status: 401, detail: expect.stringContaining('Fetch the asset again') });
    expect((await open(asset.url)).status).toBe(200);
    later = 2 * hour;
    try {
      const expired = await refusal(await open(asset.url));
      expect(expired).toMatchObject({ status: 401, detail: expect.stringContaining('expired') });
      expect((await server.request(asset.url, { key: member.key })).status).toBe(200);
    } finally {
      later = 0;
    }
  });

  it('answers 304 before anything is read, to whoever has the bytes', async () => {
    const before = reads;
    const answer = await open(asset.url, { 'if-none-match': `W/"x", "${asset.sha256}"` });
    expect(answer.status).toBe(304);
    expect(answer.headers.get('etag')).toBe(`"${asset.sha256}"`);
    expect(answer.headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/);
    expect(reads).toBe(before);
    expect((await open(asset.url, { 'if-none-match': `"${'0'.repeat(64)}"` })).status).toBe(200);
  });

  it('that was opened a moment ago is opened again without reading a row, until somebody writes', async () => {
    const fresh = await upload(member.key, await smallPng(77));
    // The jobs that an upload makes have to be done first.
    await expect
      .poll(
        async () => {
          await open(fresh.url);
          const before = reads;
          await open(fresh.url);
          return reads - before;
        },
        { timeout: 15_000, interval: 200 },
      )
      .toBe(0);
    await server.request(`/api/v2/assets/${fresh.id}`, { key: member.key, method: 'DELETE' });
    expect((await open(fresh.url)).status).toBe(404);
  });

  it('gives way to a credential: a colleague who may not see the asset sees nothing', async () => {
    const colleague = await server.addUser('member');
    expect((await server.request(asset.url, { key: colleague.key })).status).toBe(404);
    expect((await server.request(asset.url, { key: server.owner.key })).status).toBe(200);
    // A credential that is worth nothing takes nothing away.
    expect((await open(asset.url, { cookie: 'vitrine.session_token=stale' })).status).toBe(200);
    expect((await open(asset.url, { 'x-api-key': 'vtr_wrong' })).status).toBe(200);
  });

  it('goes on leading to the version that it was made for, its thumbnail too, when there is a newer one', async () => {
    const first = await upload(member.key, await smallPng(21, 40, 30));
    const replaced = await smallPng(22, 60, 50);
    const body = formOf([
      { name: 'clientId', value: first.clientId },
      { name: 'assetId', value: first.id },
      { name: 'file', value: replaced, fileName: 'Straße.png' },
    ]);
    const sent = await server.request('/api/v2/upload-asset', { method: 'POST', body, key: member.key });
    const second = assetSchema.parse(await sent.json());
    expect(second).toMatchObject({ id: first.id, version: 2, width: 60 });
    const shaOf = async (url: string) => (await open(url)).headers.get('etag');
    expect(await shaOf(first.url)).toBe(`"${first.sha256}"`);
    expect(await shaOf(second.url)).toBe(`"${second.sha256}"`);
    // The bare address leads to the current version.
    const bare = await server.request(`/api/v2/assets/${first.id}`, { key: member.key });
    expect(bare.headers.get('etag')).toBe(`"${second.sha256}"`);

    const principal = { kind: 'user', id: userIdSchema.parse(member.id) } as const;
    const widthOfThumb = async (version: number) => {
      const signature = forge(principal, { assetId: first.id, bytes: 'thumb', version, sha256: null });
      const answer = await open(`/api/v2/assets/${first.id}/thumbnail?sig=${signature}`);
      return (await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width;
    };
    expect(await widthOfThumb(1)).toBe(40);
    expect(await widthOfThumb(2)).toBe(60);
  });

  it('whose bytes are not those of its version leads nowhere', async () => {
    const principal = { kind: 'user', id: userIdSchema.parse(server.owner.id) } as const;
    const target = { assetId: asset.id, bytes: 'original', version: 1 } as const;
    const address = (sha256: string) =>
      `/api/v2/assets/${asset.id}?sig=${forge(principal, { ...target, sha256: sha256Schema.parse(sha256) })}`;
    expect((await open(address(asset.sha256))).status).toBe(200);
    expect(await refusal(await open(address('ab'.repeat(32))))).toMatchObject({
      status: 404,
      detail: expect.stringContaining('replaced'),
    });
  });

  it('dies at once with the role, the scope, the key and the user it was made for', async () => {
    const other = await server.addUser('owner');
    const found = await server.request(`/api/v2/assets/${asset.id}/metadata`, { key: other.key });
    const { url } = assetSchema.parse(await found.json());
    expect((await open(url)).status).toBe(200);
    sql(`update users set role = 'member' where id = ?`, other.id);
    expect((await open(url)).status).toBe(404);
    sql(`update users set role = 'admin' where id = ?`, other.id);
    expect((await open(url)).status).toBe(200);
    sql(`update api_keys set permissions = '{"clients":["read"]}' where reference_id = ?`, other.id);
    expect((await open(url)).status).toBe(403);
    sql(`update api_keys set permissions = '{"assets":["read"]}' where reference_id = ?`, other.id);
    expect((await open(url)).status).toBe(200);
    sql('update api_keys set enabled = 0 where reference_id = ?', other.id);
    expect((await open(url)).status).toBe(401);
    sql('update api_keys set enabled = 1 where reference_id = ?', other.id);
    sql('delete from api_keys where reference_id = ?', other.id);
    expect(await refusal(await open(url))).toMatchObject({
      status: 401,
      detail: expect.stringContaining('gone'),
    });
  });
});
