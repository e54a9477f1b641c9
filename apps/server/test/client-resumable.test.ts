import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createVitrineClient, fileResumeStore, isVitrineError } from '@vitrine/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCuttingProxy } from './cutting-proxy.ts';
import { startServer, type TestServer } from './start-server.ts';
import { wavChunks } from './wav-stream.ts';

const megabyte = 1024 * 1024;
const size = 80 * megabyte;

describe('the typed client, with a file of 80 MB', () => {
  let server: TestServer;
  let clientId: string;
  let folder: string;
  let file: string;
  let sha256: string;

  beforeEach(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-client-'));
    file = path.join(folder, 'room.wav');
    const hash = createHash('sha256');
    await using handle = await open(file, 'w');
    const sound = Buffer.from(Uint8Array.from({ length: megabyte }, (_, at) => (at * 29) % 241));
    for (const chunk of wavChunks(size, sound)) {
      hash.update(chunk);
      await handle.write(chunk);
    }
    sha256 = hash.digest('hex');
  });
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes on through three cuts', async () => {
    const cutsAt = Array.from({ length: 3 }, () => Math.floor(Math.random() * 0.9 * size));
    await using proxy = await startCuttingProxy({ target: server.url, cutsAt });
    const told: number[] = [];
    const asset = await createVitrineClient({ url: proxy.url, apiKey: server.owner.key }).upload(file, {
      clientId,
      type: 'audio',
      path: 'shoot',
      onProgress: ({ sent }) => told.push(sent),
    });
    expect(asset.sha256, `cuts at ${cutsAt}`).toBe(sha256);
    expect(proxy.cuts()).toBe(3);
    expect(told.at(-1)).toBe(size);
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 1, assets: 1 });
  });

  it('goes on in a second run what a first one left, and sends only the rest', async () => {
    const resume = fileResumeStore(path.join(folder, 'uploads.json'));
    const apiKey = server.owner.key;
    const first = new AbortController();
    const begun = createVitrineClient({ url: server.url, apiKey }).upload(file, {
      clientId,
      resume,
      signal: first.signal,
      onProgress: ({ sent }) => sent > 60 * megabyte && first.abort(new Error('the end')),
    });
    await expect(begun).rejects.toThrow('the end');
    await delay(200);
    const told: number[] = [];
    const second = createVitrineClient({ url: server.url, apiKey });
    const asset = await second.upload(file, { clientId, resume, onProgress: ({ sent }) => told.push(sent) });
    expect(asset.sha256).toBe(sha256);
    expect(told[0]).toBeGreaterThan(50 * megabyte);
  });

  it('is refused before its bytes, in the server’s words', async () => {
    const told: number[] = [];
    const error = await createVitrineClient({ url: server.url, apiKey: server.owner.key })
      .upload(file, { clientId: crypto.randomUUID(), onProgress: ({ sent }) => told.push(sent) })
      .catch((caught: unknown) => caught);
    expect(isVitrineError(error, 'not_found')).toBe(true);
    expect(told).toEqual([]);
  });
});
