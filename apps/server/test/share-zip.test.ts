import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readlink, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import type { MediaRenderer } from '@vitrine/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

/** More than the buffers between a disk and a reader who does not read. */
const fileBytes = 24 * 1024 * 1024;

/** Noise that sounds: a WAV file, two channels of 16 bits. */
function noise(): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(fileBytes - 8, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(48_000, 24);
  header.writeUInt32LE(192_000, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(fileBytes - 44, 40);
  return Buffer.concat([header, randomBytes(fileBytes - 44)]);
}

describe('the ZIP of a share link', () => {
  let server: TestServer;
  let clientId: string;
  let address: string;
  const sounds: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    for (let count = 0; count < 3; count += 1) {
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'file', value: noise(), fileName: 'noise.wav' },
      ];
      const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
      sounds.push(z.object({ id: z.string() }).parse(await answer.json()).id);
    }
    address = `${await share({ target: { kind: 'assets', assetIds: sounds } })}/zip`;
  }, 60_000);
  afterAll(() => server?.[Symbol.asyncDispose]());

  async function issued(settings: object): Promise<{ id: string; address: string }> {
    const made = await server.request('/api/shares', jsonRequest('POST', { name: 'Noise', ...settings }));
    const [link] = z.array(z.object({ id: z.string(), url: z.string() })).parse(await made.json());
    if (!link) throw new Error('No link was made.');
    return { id: link.id, address: `${server.url}/api${new URL(link.url).pathname}` };
  }
  const share = async (settings: object): Promise<string> => (await issued(settings)).address;

  /** Asks, and leaves it at that: the server has begun, and waits for a reader. */
  async function begun(url: string): Promise<IncomingMessage> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, resolve).on('error', reject);
    });
    await new Promise((resolve) => answer.once('readable', resolve));
    answer.read();
    return answer;
  }

  /** The stored files that this process holds open. */
  async function openBlobs(): Promise<string[]> {
    const blobs = path.join(server.dataDir, 'blobs', '/');
    const links = (await readdir('/proc/self/fd')).map((name) =>
      readlink(`/proc/self/fd/${name}`).catch(() => ''),
    );
    return (await Promise.all(links)).filter((target) => target.startsWith(blobs));
  }

  it('is what every program takes, and as long as was said', async () => {
    const answer = await fetch(address);
    const length = Number(answer.headers.get('content-length'));
    expect(length).toBeGreaterThan(3 * fileBytes);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(length);
    const file = path.join(server.dataDir, 'noise.zip');
    await writeFile(file, bytes);
    const { stdout } = await promisify(execFile)('unzip', ['-t', file]);
    expect(stdout).toContain('No errors detected');
    for (const name of ['noise.wav', 'noise (2).wav', 'noise (3).wav', 'manifest.json']) {
      expect(stdout).toContain(`testing: ${name}`);
    }
    expect(await openBlobs()).toEqual([]);
  });

  it('of previews alone says the size and hash of each, and names sounds without giving them', async () => {
    const png = await smallPng(1, 900, 600);
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'file', value: png, fileName: 'picture.png' },
    ];
    const uploaded = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    const { id } = z.object({ id: z.string() }).parse(await uploaded.json());
    const target = { kind: 'assets', assetIds: [id, sounds[0]] };
    const answer = await fetch(`${await share({ target, quality: 'previews' })}/zip`);
    const file = path.join(server.dataDir, 'previews.zip');
    await writeFile(file, Buffer.from(await answer.arrayBuffer()));
    const unzip = async (name: string) =>
      (await promisify(execFile)('unzip', ['-p', file, name], { encoding: 'buffer' })).stdout;
    const picture = await unzip('picture.webp');
    expect(JSON.parse((await unzip('manifest.json')).toString())).toMatchObject({
      quality: 'previews',
      files: [
        {
          name: 'picture.webp',
          original: 'picture.png',
          size: picture.length,
          sha256: createHash('sha256').update(picture).digest('hex'),
        },
        { name: null, original: 'noise.wav', type: 'audio' },
      ],
    });
  });

  it('waits for a slow reader, and lets go of everything when the reader is gone', async () => {
    const answer = await begun(address);
    // Nobody reads on: the first file is as far as it goes.
    await expect.poll(openBlobs).toHaveLength(1);
    const [first] = await openBlobs();
    for (let look = 0; look < 5; look += 1) expect(await openBlobs()).toEqual([first]);
    answer.destroy();
    await expect.poll(openBlobs).toEqual([]);
  });

  it('ends at the next file once the link is revoked, and its connection with it', async () => {
    const { id, address: page } = await issued({ target: { kind: 'assets', assetIds: sounds } });
    const answer = await begun(`${page}/zip`);
    const [first] = await openBlobs();
    expect(first).toBeDefined();
    expect((await server.request(`/api/shares/${id}`, { method: 'DELETE' })).status).toBe(200);
    let bytes = 0;
    const taken = (async () => {
      for await (const chunk of answer) bytes += chunk.length;
    })();
    await expect(taken).rejects.toThrow('aborted');
    // The file that had begun, and none behind it.
    expect(bytes).toBeLessThan(1.5 * fileBytes);
    expect((await fetch(`${page}/zip`)).status).toBe(404);
    await expect.poll(openBlobs).toEqual([]);
  });

  it('says how long it is without reading a file', async () => {
    const answer = await fetch(address, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(3 * fileBytes);
    expect(await openBlobs()).toEqual([]);
  });

  it('ends short of its length when a stored file is gone, so that nobody takes half of it for all', async () => {
    // Whichever of the large ones comes last.
    server.sql(
      "update blobs set store = 'database' where sha256 = (select v.sha256 from asset_versions v join assets a on a.id = v.asset_id where v.size > 1000000 order by a.uploaded_at desc, a.id desc limit 1)",
    );
    const taken = fetch(address).then((answer) => answer.arrayBuffer());
    await expect(taken).rejects.toThrow();
    server.sql("update blobs set store = 'database' where size > 1000000");
    const nothing = await fetch(address);
    expect(nothing.status).toBe(500);
    expect(nothing.headers.get('content-type')).toContain('application/problem+json');
  });
});

it('the ZIP of a share link has no pictures made for a reader who is gone', async () => {
  const first = Promise.withResolvers<void>();
  let renders = 0;
  const renderer: MediaRenderer = {
    async *render() {
      renders += 1;
      if (renders === 1) await first.promise;
      const bytes = Buffer.from('picture');
      const common = { state: 'image', mimeType: 'image/webp', bytes, width: 32, height: 20 } as const;
      yield { ...common, preset: 'preview', thumbhash: null };
    },
    close: async () => {},
  };
  await using server = await startServer({}, { renderer });
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
  for (const seed of [1, 2, 3]) {
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'campaignId', value: campaignId },
      { name: 'file', value: await smallPng(seed), fileName: 'picture.png' },
    ];
    await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  }
  const body = { name: 'Pictures', target: { kind: 'campaign', campaignId }, quality: 'previews' };
  const made = await server.request('/api/shares', jsonRequest('POST', body));
  const [link] = z.array(z.object({ url: z.string() })).parse(await made.json());
  const base = `${server.url}/api${new URL(link?.url ?? '').pathname}`;
  const address = `${base}/zip`;

  const asking = get(address).on('error', () => {});
  await expect.poll(() => renders).toBe(1);
  asking.destroy();
  // Behind these the server has seen the connection end.
  for (let turn = 0; turn < 3; turn += 1) await (await server.request('/livez')).text();
  first.resolve();
  const page = await (await fetch(base)).json();
  const [newest] = z.object({ items: z.array(z.object({ previewUrl: z.string() })) }).parse(page).items;
  // Behind this the one picture is kept, and behind those the next would have been begun.
  expect((await fetch(new URL(newest?.previewUrl ?? '', server.url))).status).toBe(200);
  for (let turn = 0; turn < 20; turn += 1) await (await server.request('/livez')).text();
  expect(renders).toBe(1);
  expect((await (await fetch(address)).arrayBuffer()).byteLength).toBeGreaterThan(0);
  expect(renders).toBe(3);
});
