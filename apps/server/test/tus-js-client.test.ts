import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Upload, type UploadOptions } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startCuttingProxy } from './cutting-proxy.ts';
import { createOwner, type ServerProcess, startServerProcess } from './server-process.ts';
import { jsonRequest } from './start-server.ts';
import { wavChunks } from './wav-stream.ts';

const megabyte = 1024 * 1024;
/** 2 GiB by hand: VITRINE_TEST_TUS_BYTES=2147483648. */
const killedBytes = Number(process.env['VITRINE_TEST_TUS_BYTES'] ?? 64 * megabyte);
const sound = Buffer.from(Uint8Array.from({ length: megabyte }, (_, at) => (at * 37) % 253));

describe('tus-js-client, as it comes', () => {
  let folder: string;
  let dataDir: string;
  let server: ServerProcess;
  let key: string;
  let clientId: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-tus-'));
    dataDir = path.join(folder, 'data');
    await mkdir(dataDir);
    ({ key } = await createOwner(dataDir));
    server = await startServerProcess({ dataDir });
    const made = await fetch(`${server.url}/api/clients`, {
      ...jsonRequest('POST', { name: 'Northwind' }),
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
    });
    clientId = z.object({ id: z.string() }).parse(await made.json()).id;
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** A sound file of this size on the disk, and its hash. */
  async function writeFile(name: string, bytes: number): Promise<{ file: string; sha256: string }> {
    const file = path.join(folder, name);
    const hash = createHash('sha256').update(name);
    const digest = createHash('sha256');
    await using handle = await open(file, 'w');
    // Different sounds, or the second would be there already.
    const seeded = Buffer.concat([hash.digest(), sound]);
    for (const chunk of wavChunks(bytes, seeded)) {
      digest.update(chunk);
      await handle.write(chunk);
    }
    return { file, sha256: digest.digest('hex') };
  }

  /** Uploads a file; answers the last answer's headers. */
  function upload(
    file: string,
    endpoint: string,
    options: UploadOptions = {},
  ): Promise<Record<string, string>> {
    return new Promise((resolve, reject) => {
      const seen: Record<string, string> = {};
      new Upload(createReadStream(file), {
        endpoint: `${endpoint}/api/tus`,
        headers: { 'X-API-Key': key },
        metadata: { clientId, filename: path.basename(file) },
        retryDelays: [50, 100, 200, 400, 800, 1600, 3200],
        onAfterResponse(_request, response) {
          for (const name of ['vitrine-outcome', 'vitrine-asset']) {
            const value = response.getHeader(name);
            if (value) seen[name] = value;
          }
        },
        onError: reject,
        onSuccess: () => resolve(seen),
        ...options,
      }).start();
    });
  }

  async function storedHash(id: string | undefined): Promise<string> {
    const answer = await fetch(`${server.url}/api/v2/assets/${id}`, { headers: { 'x-api-key': key } });
    expect(answer.status).toBe(200);
    const hash = createHash('sha256');
    for await (const chunk of answer.body ?? []) hash.update(chunk);
    return hash.digest('hex');
  }

  it('uploads 20 MB in pieces of 5 MB', async () => {
    const { file, sha256 } = await writeFile('whole.wav', 20 * megabyte);
    const seen = await upload(file, server.url, { chunkSize: 5 * megabyte });
    expect(seen['vitrine-outcome']).toBe('created');
    expect(await storedHash(seen['vitrine-asset'])).toBe(sha256);
  });

  it('goes on after five cuts at random offsets', async () => {
    const { file, sha256 } = await writeFile('cut.wav', 20 * megabyte);
    const cutsAt = Array.from({ length: 5 }, () => Math.floor(Math.random() * 19 * megabyte));
    await using proxy = await startCuttingProxy({ target: server.url, cutsAt });
    const seen = await upload(file, proxy.url, { chunkSize: 5 * megabyte });
    expect(proxy.cuts(), `cuts at ${cutsAt}`).toBe(5);
    expect(await storedHash(seen['vitrine-asset']), `cuts at ${cutsAt}`).toBe(sha256);
    // The answer does not wait for what is only tidied up.
    await expect.poll(() => readdir(path.join(dataDir, 'staging'))).toEqual([]);
  });

  it('goes on after five cuts and the server’s sudden death', async () => {
    const { file, sha256 } = await writeFile('killed.wav', killedBytes);
    const cutsAt = Array.from({ length: 6 }, () => Math.floor(Math.random() * killedBytes * 0.95));
    await using proxy = await startCuttingProxy({
      target: server.url,
      cutsAt,
      async onCut(cut) {
        if (cut !== 3) return;
        process.kill(server.pid, 'SIGKILL');
        await server[Symbol.asyncDispose]();
        server = await startServerProcess({ dataDir });
        proxy.aimAt(server.url);
      },
    });
    const begun = performance.now();
    const seen = await upload(file, proxy.url, {
      chunkSize: 32 * megabyte,
      // Its own, and two more: cuts that follow closely upon another use up its patience.
      retryDelays: [0, 1000, 3000, 5000, 5000, 5000],
    });
    if (process.env['VITRINE_TEST_TUS_BYTES']) {
      process.stderr.write(`${killedBytes} bytes in ${Math.round(performance.now() - begun)} ms\n`);
    }
    expect(proxy.cuts(), `cuts at ${cutsAt}`).toBe(6);
    expect(await storedHash(seen['vitrine-asset']), `cuts at ${cutsAt}`).toBe(sha256);
    // The answer does not wait for what is only tidied up.
    await expect.poll(() => readdir(path.join(dataDir, 'staging'))).toEqual([]);
  }, 600_000);
});
