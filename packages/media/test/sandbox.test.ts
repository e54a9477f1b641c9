import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFixture } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { readReply, resultReaders } from '../src/sandbox/read-reply.ts';
import { inspectFile, refusalOf } from './inspect-file.ts';

let directory: string;
let png: string;
let pdf: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-sandbox-'));
  png = (await makeFixture('png', directory)).path;
  pdf = (await makeFixture('pdf', directory)).path;
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function watchedInspector(options: { timeoutMs?: number } = {}) {
  const started: number[] = [];
  const { inspector } = createMediaTools({ ...options, onProcessStart: (id) => started.push(id) });
  return { inspector, started, [Symbol.asyncDispose]: () => inspector.close() };
}

const isRunning = (id: number) => {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
};

async function waitUntil(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!condition() && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

describe('the sandbox', () => {
  it('starts no process for what plain JavaScript reads', async () => {
    await using watched = watchedInspector();
    for (const format of ['mp4', 'webm', 'avi', 'mp3', 'wav', 'ogg', 'aac', 'm4a', 'txt'] as const) {
      await inspectFile(watched.inspector, (await makeFixture(format, directory)).path);
    }
    expect(watched.started).toEqual([]);
  });

  it('keeps one process warm, and starts at most two', async () => {
    await using watched = watchedInspector();
    await inspectFile(watched.inspector, png);
    await inspectFile(watched.inspector, pdf);
    expect(watched.started).toHaveLength(1);
    const files = Array.from({ length: 12 }, (_, index) =>
      inspectFile(watched.inspector, index % 2 ? png : pdf),
    );
    expect((await Promise.all(files)).map(({ format }) => format)).toEqual(
      Array.from({ length: 12 }, (_, index) => (index % 2 ? 'png' : 'pdf')),
    );
    expect(watched.started.length).toBeLessThanOrEqual(2);
  });

  it('survives a process that is killed between two files', async () => {
    await using watched = watchedInspector();
    await inspectFile(watched.inspector, png);
    process.kill(watched.started[0] ?? 0, 'SIGKILL');
    expect(await inspectFile(watched.inspector, png)).toMatchObject({ format: 'png', width: 160 });
  });

  it('gives a file a second process when the first is killed while it reads', async () => {
    await using watched = watchedInspector();
    await inspectFile(watched.inspector, png);
    const [first = 0] = watched.started;
    process.kill(first, 'SIGSTOP');
    const inspection = inspectFile(watched.inspector, png);
    process.kill(first, 'SIGKILL');
    expect(await inspection).toMatchObject({ format: 'png' });
  });

  it('kills a process that does not answer in time, and goes on with another', async () => {
    await using watched = watchedInspector({ timeoutMs: 1000 });
    await inspectFile(watched.inspector, png);
    const [first = 0] = watched.started;
    process.kill(first, 'SIGSTOP');
    const refusal = await refusalOf(watched.inspector, png);
    expect(refusal).toMatchObject({
      code: 'unreadable_media',
      message: expect.stringContaining('longer than 1 s'),
    });
    await waitUntil(() => !isRunning(first));
    expect(await inspectFile(watched.inspector, png)).toMatchObject({ format: 'png' });
  });

  it('ends its processes when it is closed, and refuses politely afterwards', async () => {
    const watched = watchedInspector();
    await inspectFile(watched.inspector, png);
    await watched.inspector.close();
    for (const id of watched.started) await waitUntil(() => !isRunning(id));
    expect((await refusalOf(watched.inspector, png)).code).toBe('unavailable');
  });

  it('refuses a picture that needs more memory than a process has, and goes on', async () => {
    await using watched = watchedInspector();
    const header = await readFile(png);
    // 16,383 × 16,000 pixels of 64 bits, interlaced so that they must be held at once, with next to no data.
    const bomb = Buffer.from(header);
    bomb.writeUInt32BE(16_383, 16);
    bomb.writeUInt32BE(16_000, 20);
    const path = join(directory, 'bomb.png');
    await writeFile(path, bomb);
    expect((await refusalOf(watched.inspector, path)).code).toBe('unreadable_media');
    expect(await inspectFile(watched.inspector, png)).toMatchObject({ format: 'png' });
  });

  it('believes nothing that its processes say', () => {
    expect(readReply('ready')).toBeNull();
    expect(readReply({ kind: 'refused', code: 'internal', detail: 'x' })).toBeNull();
    expect(readReply({ kind: 'refused', code: 'unreadable_media', detail: 'x'.repeat(5000) })).toBeNull();
    expect(readReply({ kind: 'done', result: 1, extra: true })).toEqual({ kind: 'done', result: 1 });
    expect(resultReaders.png({ width: 0, height: 4 })).toBeNull();
    expect(resultReaders.png({ width: 4, height: 4.5 })).toBeNull();
    expect(resultReaders.pdf({ pageCount: '3' })).toBeNull();
    expect(resultReaders.pdf({ pageCount: null, name: 'x' })).toEqual({ pageCount: null });
    expect(resultReaders.name({ name: 3 })).toBeNull();
  });
});
