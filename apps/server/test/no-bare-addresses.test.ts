import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Asset, assetSchema } from '@vitrine/schema';
import { makeFixture } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const address = /https?:\/\/[^"\s<>]*\/api\/v2\/assets\/[0-9a-f-]{36}[^"\s<>]*/g;

describe('no answer', () => {
  let server: TestServer;
  let folder: string;
  let clientId: string;
  const assets: Asset[] = [];
  const said: string[] = [];

  /** Everything that an answer says, headers and all. */
  async function record(answer: Response): Promise<string> {
    const text = `${JSON.stringify([...answer.headers])}\n${await answer.clone().text()}`;
    said.push(text);
    return text;
  }
  const ask = async (url: string, init: Parameters<TestServer['request']>[1] = {}) => {
    const answer = await server.request(url, init);
    await record(answer);
    return answer;
  };

  beforeAll(async () => {
    server = await startServer();
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-bare-'));
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    for (const format of ['png', 'mp4', 'mp3', 'pdf'] as const) {
      const { path: file } = await makeFixture(format, folder);
      const body = formOf([
        { name: 'clientId', value: clientId },
        { name: 'file', value: await readFile(file), fileName: `a.${format}` },
      ]);
      assets.push(
        assetSchema.parse(await (await ask('/api/v2/upload-asset', { method: 'POST', body })).json()),
      );
    }
    // Made on demand, so that every answer below has all addresses there are.
    for (const { id } of assets) {
      expect((await server.request(`/api/v2/assets/${id}/thumbnail`)).status).toBe(200);
    }
    await askEverything();
  }, 60_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function askEverything(): Promise<void> {
    const query = (name: string, input: object) =>
      ask(`/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`);
    await query('asset.list', { clientId });
    await query('asset.tiles', { clientId });
    for (const { id, type } of assets) {
      await query('asset.get', { id });
      await query('asset.renditions', { id });
      await ask('/trpc/asset.retryRenditions', jsonRequest('POST', { id }));
      await ask('/trpc/asset.update', jsonRequest('POST', { id, name: `renamed.${type}` }));
      await ask(`/api/v2/assets/${id}/metadata`);
      await ask(`/api/v2/assets/${id}`, jsonRequest('PATCH', { tags: ['one'] }));
      await ask(`/api/v2/assets/${id}/thumbnail?size=nonsense`);
      await ask(`/api/v2/assets/${id}/waveform`);
      await ask(`/api/v2/assets/${id}/nothing`);
    }
    await ask(`/api/v2/assets`);
    await ask(`/api/v2/clients/${clientId}/assets`);
    await ask('/api/v2/assets/01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01');
    await ask('/api/v2/assets/01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01', { key: null });
    const broken = formOf([
      { name: 'clientId', value: clientId },
      { name: 'file', value: Buffer.from('\x89PNG\r\n\x1a\nbroken', 'latin1'), fileName: 'a.png' },
    ]);
    expect((await ask('/api/v2/upload-asset', { method: 'POST', body: broken })).status).toBe(422);
  }

  it('carries the address of private bytes without a signature, and every one opens without a credential', async () => {
    const found = new Set(said.flatMap((text) => text.match(address) ?? []));
    expect(found.size).toBeGreaterThan(12);
    for (const url of found) {
      expect(url).toMatch(/[?&]sig=/);
      expect((await server.request(url.replaceAll('\\', ''), { key: null })).status, url).toBe(200);
    }
  });

  it('says where anything lies on this machine, or repeats a credential', () => {
    const secrets = [
      server.dataDir,
      'blobs/',
      'blobs.sqlite',
      'staging',
      server.owner.key,
      server.owner.password,
    ];
    for (const text of said) for (const secret of secrets) expect(text).not.toContain(secret);
  });
});
