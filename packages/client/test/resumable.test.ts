import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createVitrineClient,
  fileResumeStore,
  isVitrineError,
  type UploadProgress,
  type VitrineClientOptions,
} from '../src/index.ts';
import { startFakeTusServer } from './fake-tus-server.ts';
import { startUploadServer } from './start-upload-server.ts';

const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
const mebibyte = 1024 * 1024;
const bytes = randomBytes(5 * mebibyte);
const sha256 = createHash('sha256').update(bytes).digest('hex');

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-resumable-'));
  path = join(folder, 'Straße.jpg');
  await writeFile(path, bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const clientOf = (url: string, more: Partial<VitrineClientOptions> = {}) =>
  createVitrineClient({ url, resumableFrom: mebibyte, ...more });

describe('an upload in pieces', () => {
  it('arrives byte for byte with its fields, and tells its progress up to all of it', async () => {
    await using server = await startFakeTusServer();
    const told: UploadProgress[] = [];
    const options = { clientId, roles: ['subject'], path: 'a/b', onProgress: told.push.bind(told) } as const;
    expect((await clientOf(server.url).upload(path, options)).type).toBe('image');
    const [upload] = server.uploads();
    expect(upload?.sha256).toBe(sha256);
    expect(upload?.metadata).toEqual({ clientId, tags: '["subject"]', path: 'a/b', filename: 'Straße.jpg' });
    expect(told.at(-1)).toEqual({ sent: bytes.length, total: bytes.length });
    expect(told.length).toBeGreaterThan(5);
  });

  it.each([
    ['a File', () => new File([bytes], 'Straße.jpg')],
    ['a Blob', () => new Blob([bytes])],
  ])('takes %s too, also by a fetch of the caller’s own', async (_what, source) => {
    await using server = await startFakeTusServer();
    let calls = 0;
    const own: typeof fetch = (input, init) => {
      calls += 1;
      return fetch(input, init);
    };
    await clientOf(server.url).upload(source(), { clientId });
    await clientOf(server.url, { fetch: own }).upload(source(), { clientId });
    expect(server.uploads().map((upload) => upload.sha256)).toEqual([sha256, sha256]);
    expect(calls).toBe(2);
  });

  it('is not what small files, streams and files with long stories become', async () => {
    await using server = await startUploadServer();
    const small = clientOf(server.url, { resumableFrom: bytes.length + 1 });
    await small.upload(path, { clientId });
    const stream = { name: 'a.jpg', stream: Readable.from([bytes]), size: bytes.length };
    await clientOf(server.url).upload(stream, { clientId });
    const generation = { generator: 'adgen', prompt: 'A calm sea. '.repeat(500) };
    await clientOf(server.url).upload(path, { clientId, generation });
    expect(server.received.map(({ url }) => url)).toEqual(Array(3).fill('/api/v2/upload-asset'));
  });

  it('goes on where the connection broke', async () => {
    await using server = await startFakeTusServer({ breaks: { 1: mebibyte, 2: mebibyte, 3: 2 * mebibyte } });
    await clientOf(server.url).upload(path, { clientId });
    expect(server.uploads()).toMatchObject([{ received: bytes.length, sha256 }]);
    expect(server.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
    expect(server.requests.filter((request) => request.startsWith('PATCH'))).toHaveLength(4);
  });

  it('waits while somebody else holds it', async () => {
    await using server = await startFakeTusServer({ locked: 1 });
    await clientOf(server.url).upload(path, { clientId });
    expect(server.uploads()[0]?.sha256).toBe(sha256);
  });

  it('is refused in the server’s words', async () => {
    const problem = {
      ...{ type: 'urn:vitrine:problem:unsupported_format', title: 'No.', status: 415, detail: 'A web page.' },
      ...{ code: 'unsupported_format', requestId: 'r' },
    };
    await using server = await startFakeTusServer({ refusal: { status: 415, problem } });
    const error = await clientOf(server.url)
      .upload(path, { clientId })
      .catch((caught: unknown) => caught);
    expect(isVitrineError(error, 'unsupported_format')).toBe(true);
    // The answer to the last piece is lost, and HEAD says only that it was refused.
    await using lossy = await startFakeTusServer({
      refusal: { status: 415, problem },
      breaks: { 1: bytes.length },
    });
    const again = await clientOf(lossy.url)
      .upload(path, { clientId })
      .catch((caught: unknown) => caught);
    expect(isVitrineError(again, 'unsupported_format')).toBe(true);
  });

  it('learns its asset though the last answer was lost', async () => {
    await using server = await startFakeTusServer({ breaks: { 1: bytes.length } });
    expect((await clientOf(server.url).upload(path, { clientId })).type).toBe('image');
    expect(server.uploads()).toHaveLength(1);
  });

  it('goes on in another program, by a store in a file, which forgets it when it is done', async () => {
    await using server = await startFakeTusServer({ breaks: { 1: 2 * mebibyte } });
    const file = join(folder, 'state', 'uploads.json');
    const first = new AbortController();
    const begun = clientOf(server.url).upload(path, {
      clientId,
      resume: fileResumeStore(file),
      signal: first.signal,
    });
    while (server.uploads()[0]?.received !== 2 * mebibyte) await delay(10);
    first.abort(new Error('the program ends'));
    await expect(begun).rejects.toThrow('the program ends');
    expect(Object.values(JSON.parse(await readFile(file, 'utf8')))).toHaveLength(1);

    await clientOf(server.url).upload(path, { clientId, resume: fileResumeStore(file) });
    expect(server.uploads()).toMatchObject([{ received: bytes.length, sha256 }]);
    expect(await readFile(file, 'utf8')).toBe('{}');
  });

  it('begins anew when the server has forgotten it', async () => {
    await using server = await startFakeTusServer();
    const entries = new Map<string, string>();
    const resume = {
      get: async () => `${server.url}/api/tus/forgotten`,
      set: async (fingerprint: string, address: string) => void entries.set(fingerprint, address),
      delete: async (fingerprint: string) => void entries.delete(fingerprint),
    };
    await clientOf(server.url).upload(path, { clientId, resume });
    expect(server.uploads()[0]?.sha256).toBe(sha256);
    expect(entries.size).toBe(0);
  });

  it('that is aborted is taken away from the server', async () => {
    await using server = await startFakeTusServer({ breaks: { 1: mebibyte } });
    const controller = new AbortController();
    const { signal } = controller;
    const sent = clientOf(server.url).upload(path, { clientId, signal });
    while (server.uploads()[0]?.received !== mebibyte) await delay(10);
    controller.abort(new Error('enough'));
    await expect(sent).rejects.toThrow('enough');
    expect(server.uploads()).toEqual([]);
  });
});

describe('many files', () => {
  it('are sent four at a time and have their outcomes in the order in which they were given', async () => {
    await using server = await startUploadServer();
    let running = 0;
    let most = 0;
    const vitrine = clientOf(server.url, {
      async fetch(input, init) {
        running += 1;
        most = Math.max(most, running);
        await delay(Math.random() * 20);
        return fetch(input, init).finally(() => {
          running -= 1;
        });
      },
    });
    const files = Array.from({ length: 20 }, (_, index) => ({
      file: new File([String(index)], `${index}.txt`),
      path: `folder/${index % 3}`,
    }));
    const missing = join(folder, 'missing.txt');
    const done: number[] = [];
    const outcomes = await vitrine.uploadFiles([...files, missing], {
      clientId,
      onOutcome: (_outcome, position) => done.push(position),
    });
    expect(most).toBe(4);
    expect(outcomes.slice(0, 20)).toMatchObject(
      files.map(({ file }) => ({ file, ok: true, outcome: 'created' })),
    );
    expect(outcomes.at(-1)).toMatchObject({ file: missing, ok: false, error: { code: 'ENOENT' } });
    expect(done.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 21 }, (_, index) => index),
    );
    const paths = Object.fromEntries(
      server.received.map(({ fileName, fields }) => [fileName, fields['path']]),
    );
    expect(paths['7.txt']).toBe('folder/1');
  });
});
