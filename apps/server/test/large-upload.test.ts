import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sendMultipart } from './multipart-request.ts';
import { peakResidentBytes } from './resident-memory.ts';
import { createOwner, type ServerProcess, startServerProcess } from './server-process.ts';
import { jsonRequest } from './start-server.ts';
import { wavChunks } from './wav-stream.ts';

const megabyte = 1024 * 1024;
const fileBytes = 2048 * megabyte;
/** Over the idle server, whatever the size of a file. */
const allowance = 64 * megabyte;
const uploadedSchema = z.object({ id: z.string(), sha256: z.string(), size: z.number(), format: z.string() });

describe('a file of 2 GiB', () => {
  let dataDir: string;
  let server: ServerProcess;
  let key: string;
  let clientId: string;
  /** What the server holds when it has done a little of everything and rests. */
  let idle: number;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'vitrine-large-'));
    const { bavail, bsize } = await statfs(dataDir);
    if (bavail * bsize < fileBytes + 1024 * megabyte) {
      throw new Error(
        `This test needs 3 GiB of free space in ${tmpdir()}; set TMPDIR to a folder that has it.`,
      );
    }
    ({ key } = await createOwner(dataDir));
    server = await startServerProcess({ dataDir });
    const made = await request('/api/clients', jsonRequest('POST', { name: 'Northwind Coffee' }));
    clientId = z.object({ id: z.string() }).parse(await made.json()).id;
    for (let turn = 0; turn < 20; turn += 1) {
      await upload(100_000 + turn, Buffer.alloc(65_536, turn));
      await (await request('/api/v2/assets')).arrayBuffer();
    }
    await delay(1000);
    ({ peak: idle } = await peakResidentBytes(server.pid, () => delay(500)));
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });

  const request = (address: string, { headers, ...init }: RequestInit = {}) =>
    fetch(new URL(address, server.url), { ...init, headers: { ...headers, 'x-api-key': key } });

  async function jobsToDo(): Promise<number> {
    const counts = z.object({ waiting: z.number(), running: z.number() });
    const { waiting, running } = counts.parse(await (await request('/api/jobs/counts')).json());
    return waiting + running;
  }

  /** Uploads a WAV of this size; answers what the server says of it and the hash of what was sent. */
  async function upload(size: number, sound: Buffer) {
    const hash = createHash('sha256');
    function* hashed() {
      for (const chunk of wavChunks(size, sound)) {
        hash.update(chunk);
        yield chunk;
      }
    }
    const { status, body } = await sendMultipart({
      url: new URL('/api/v2/upload-asset', server.url),
      headers: { 'x-api-key': key },
      fields: { clientId },
      file: { name: 'room-tone.wav', size, chunks: hashed() },
    });
    expect({ status, body }).toMatchObject({ status: 201 });
    return { sent: hash.digest('hex'), asset: uploadedSchema.parse(body) };
  }

  it('goes in and comes out unchanged, while the server holds at most 64 MB more than at rest', async () => {
    const sound = Buffer.from(Uint8Array.from({ length: megabyte }, (_, at) => (at * 31) % 251));
    const uploading = await peakResidentBytes(server.pid, () => upload(fileBytes, sound));
    const { sent, asset } = uploading.result;
    expect(asset).toMatchObject({ sha256: sent, size: fileBytes, format: 'wav' });
    expect(uploading.peak - idle).toBeLessThanOrEqual(allowance);
    expect(await readdir(path.join(dataDir, 'staging'))).toEqual([]);

    // Drawing its waveform has a memory of its own; here it is about the way of the bytes.
    await expect.poll(jobsToDo, { timeout: 60_000, interval: 250 }).toBe(0);
    const downloading = await peakResidentBytes(server.pid, async () => {
      const hash = createHash('sha256');
      const { status, body } = await request(`/api/v2/assets/${asset.id}`);
      expect(status).toBe(200);
      for await (const chunk of body ?? []) hash.update(chunk);
      return hash.digest('hex');
    });
    expect(downloading.result).toBe(sent);
    expect(downloading.peak - idle).toBeLessThanOrEqual(allowance);
  }, 240_000);
});
