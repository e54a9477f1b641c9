import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVitrineClient, isVitrineError, type UploadProgress, type UploadSource } from '../src/index.ts';
import { sendUpload as sendFromBrowser } from '../src/web-transport.ts';
import { startServer, startUploadServer } from './start-upload-server.ts';

const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
const bytes = randomBytes(3_000_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-client-'));
  path = join(folder, 'Straße am "Hafen".jpg');
  await writeFile(path, bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* inPieces() {
  for (let at = 0; at < bytes.byteLength; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

describe('an upload', () => {
  const sources: [string, () => UploadSource, { fileName: string; length: boolean }][] = [
    ['a path', () => path, { fileName: 'Straße am "Hafen".jpg', length: true }],
    ['a file: URL', () => pathToFileURL(path), { fileName: 'Straße am "Hafen".jpg', length: true }],
    ['a File', () => new File([bytes], 'a b.png'), { fileName: 'a b.png', length: true }],
    ['a Blob', () => new Blob([bytes]), { fileName: 'file', length: true }],
    [
      'a stream of unknown size',
      () => ({ name: 'clip.mp4', stream: Readable.from(inPieces()) }),
      { fileName: 'clip.mp4', length: false },
    ],
    [
      'a web stream of known size',
      () => ({ name: 'clip.mp4', stream: new Blob([bytes]).stream(), size: bytes.byteLength }),
      { fileName: 'clip.mp4', length: true },
    ],
  ];

  it.each(sources)('of %s arrives byte for byte, with its name', async (_what, source, expected) => {
    await using server = await startUploadServer();
    const vitrine = createVitrineClient({ url: server.url, apiKey: 'vtr_k' });
    const asset = await vitrine.upload(source(), { clientId });
    expect(asset.type).toBe('image');
    const [received] = server.received;
    expect(received).toMatchObject({
      method: 'POST',
      url: '/api/v2/upload-asset',
      fileName: expected.fileName,
      size: bytes.byteLength,
      sha256,
      fields: { clientId },
    });
    expect(received?.headers.authorization).toBe('Bearer vtr_k');
    expect(received?.headers['content-length'] !== undefined).toBe(expected.length);
  });

  it.each(sources)('of %s goes through a fetch of the caller’s own', async (_what, source) => {
    await using server = await startUploadServer();
    let calls = 0;
    const vitrine = createVitrineClient({
      url: server.url,
      fetch: (input, init) => {
        calls += 1;
        return fetch(input, init);
      },
    });
    await vitrine.upload(source(), { clientId });
    expect(calls).toBe(1);
    expect(server.received[0]).toMatchObject({ size: bytes.byteLength, sha256 });
  });

  it('sends its fields before the file, roles among the tags', async () => {
    await using server = await startUploadServer();
    const vitrine = createVitrineClient({ url: server.url });
    const campaignId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2c02';
    const asset = await vitrine.upload(path, {
      clientId,
      campaignId,
      name: 'Überfahrt "1"',
      type: 'video',
      roles: ['first_frame'],
      tags: ['spring', 'café'],
    });
    expect(asset.thumbnailUrl).toContain('/thumbnail');
    const [received] = server.received;
    expect(received?.fields).toEqual({
      clientId,
      campaignId,
      name: 'Überfahrt "1"',
      type: 'video',
      tags: '["first_frame","spring","café"]',
    });
    expect(received?.fieldsBeforeFile).toEqual(['clientId', 'campaignId', 'name', 'type', 'tags']);
  });

  it('sends no field for what was left out', async () => {
    await using server = await startUploadServer();
    await createVitrineClient({ url: server.url }).upload(path, { clientId });
    expect(Object.keys(server.received[0]?.fields ?? {})).toEqual(['clientId']);
  });

  it('of an empty file sends an empty file', async () => {
    await using server = await startUploadServer();
    const empty = join(folder, 'empty.txt');
    await writeFile(empty, '');
    await createVitrineClient({ url: server.url }).upload(empty, { clientId });
    expect(server.received[0]).toMatchObject({ size: 0, fileName: 'empty.txt' });
  });

  it('tells its progress in bytes of the file, growing up to all of it', async () => {
    await using server = await startUploadServer();
    const vitrine = createVitrineClient({ url: server.url });
    const told: UploadProgress[] = [];
    await vitrine.upload(path, { clientId, onProgress: (progress) => told.push(progress) });
    expect(told.length).toBeGreaterThan(5);
    expect(told.map(({ sent }) => sent)).toEqual(told.map(({ sent }) => sent).toSorted((a, b) => a - b));
    expect(told.at(-1)).toEqual({ sent: bytes.byteLength, total: bytes.byteLength });
  });

  it('tells no total of a stream whose size nobody knows', async () => {
    await using server = await startUploadServer();
    const told: UploadProgress[] = [];
    const source = { name: 'clip.mp4', stream: inPieces() };
    const onProgress = (progress: UploadProgress) => told.push(progress);
    await createVitrineClient({ url: server.url }).upload(source, { clientId, onProgress });
    expect(told.at(-1)).toEqual({ sent: bytes.byteLength, total: null });
  });

  it('asks for its headers each time', async () => {
    await using server = await startUploadServer();
    let turn = 0;
    const headers = async () => ({ 'x-turn': String(++turn) });
    const vitrine = createVitrineClient({ url: server.url, headers });
    await vitrine.upload(path, { clientId });
    await vitrine.upload(path, { clientId });
    expect(server.received.map((received) => received.headers['x-turn'])).toEqual(['1', '2']);
  });
});

describe('an upload that is aborted', () => {
  it('rejects with the signal’s reason, and the server sees that the form did not end', async () => {
    await using server = await startUploadServer();
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield bytes.subarray(0, 65_536);
      } finally {
        closed = true;
      }
    }
    const upload = createVitrineClient({ url: server.url }).upload(
      { name: 'endless.mp4', stream: endless() },
      {
        clientId,
        signal: controller.signal,
        onProgress: ({ sent }) => sent > 5_000_000 && controller.abort(reason),
      },
    );
    await expect(upload).rejects.toBe(reason);
    await expect.poll(() => server.aborted.length).toBe(1);
    await expect.poll(() => closed).toBe(true);
    expect(server.received).toEqual([]);
  });

  it('before it began sends nothing', async () => {
    await using server = await startUploadServer();
    const signal = AbortSignal.abort();
    const upload = createVitrineClient({ url: server.url }).upload(path, { clientId, signal });
    await expect(upload).rejects.toBe(signal.reason);
    expect(server.received).toEqual([]);
  });
});

describe('an upload that is refused', () => {
  const problem = {
    type: 'urn:vitrine:problem:invalid_input',
    title: 'The request has a missing or malformed field.',
    status: 400,
    detail: 'clientId: must be a UUID',
    code: 'invalid_input',
    requestId: 'r-17',
    issues: [{ path: ['clientId'], message: 'must be a UUID', code: 'invalid_format' }],
  };

  it('rejects with the server’s code, sentence, request id and fields', async () => {
    await using server = await startServer((request, response) => {
      request.resume().on('end', () => response.writeHead(400).end(JSON.stringify(problem)));
    });
    const upload = createVitrineClient({ url: server.url }).upload(path, { clientId: 'x' });
    const error: unknown = await upload.catch((reason: unknown) => reason);
    expect(isVitrineError(error, 'invalid_input')).toBe(true);
    expect(isVitrineError(error, 'not_found')).toBe(false);
    const { code, status, detail, requestId, issues } = problem;
    expect(error).toMatchObject({
      name: 'VitrineError',
      message: detail,
      code,
      status,
      detail,
      requestId,
      issues,
    });
  });

  it('before its bytes were asked for sends none of them', async () => {
    const refuse = { ...problem, status: 401, code: 'unauthenticated' };
    let bodyBytes = 0;
    await using server = await startServer(() => undefined, {
      asksFirst: (request, response) => {
        request.on('data', (chunk: Buffer) => {
          bodyBytes += chunk.byteLength;
        });
        response.writeHead(401, { connection: 'close' }).end(JSON.stringify(refuse));
      },
    });
    const told: UploadProgress[] = [];
    const onProgress = (progress: UploadProgress) => told.push(progress);
    const upload = createVitrineClient({ url: server.url }).upload(path, { clientId, onProgress });
    await expect(upload).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(told).toEqual([]);
    expect(bodyBytes).toBe(0);
  });

  it('midway rejects with the refusal, not with the connection that broke', async () => {
    const refuse = { ...problem, status: 413, code: 'too_large' };
    await using server = await startServer((request, response) => {
      request.once('data', () => {
        request.pause();
        response.writeHead(413, { connection: 'close' }).end(JSON.stringify(refuse));
      });
    });
    async function* long() {
      for (let n = 0; n < 2000; n += 1) yield bytes.subarray(0, 65_536);
    }
    const upload = createVitrineClient({ url: server.url }).upload(
      { name: 'long.mp4', stream: long() },
      { clientId },
    );
    await expect(upload).rejects.toMatchObject({ code: 'too_large' });
  });

  it.each([
    [502, 'unavailable'],
    [413, 'too_large'],
    [418, 'invalid_input'],
    [200, 'unavailable'],
  ])('by something else than Vitrine, with status %i, has the code %s', async (status, code) => {
    await using server = await startServer((request, response) => {
      request.resume().on('end', () => response.writeHead(status).end('<html>proxy</html>'));
    });
    const upload = createVitrineClient({ url: server.url }).upload(path, { clientId });
    await expect(upload).rejects.toMatchObject({ code, status, requestId: '' });
  });

  it('rejects when the answer is an asset of another kind than was promised', async () => {
    await using server = await startServer((request, response) => {
      request.resume().on('end', () => response.writeHead(201).end('{"id":"x","type":"audio"}'));
    });
    const upload = createVitrineClient({ url: server.url }).upload(path, { clientId, type: 'video' });
    await expect(upload).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('an upload that cannot be', () => {
  const vitrine = createVitrineClient({ url: 'http://127.0.0.1:9' });

  it('because nothing is there rejects with the system’s error', async () => {
    await expect(vitrine.upload(join(folder, 'none.png'), { clientId })).rejects.toMatchObject({
      code: 'ENOENT',
    });
    await expect(vitrine.upload(path, { clientId })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('because it is no file says so', async () => {
    await expect(vitrine.upload(folder, { clientId })).rejects.toThrow('is not a file');
    await expect(vitrine.upload(new URL('https://a.example/b.png'), { clientId })).rejects.toThrow(
      'file: URLs',
    );
  });

  it('because it is not as long as it was said to be rejects instead of sending a torn file', async () => {
    await using server = await startUploadServer();
    const here = createVitrineClient({ url: server.url });
    for (const size of [bytes.byteLength - 1, bytes.byteLength + 1]) {
      const source = { name: 'a.png', stream: inPieces(), size };
      await expect(here.upload(source, { clientId })).rejects.toThrow('bytes long');
    }
    expect(server.received).toEqual([]);
  });
});

describe('an upload from a browser', () => {
  const request = { headers: { 'x-a': '1' }, fields: [['clientId', clientId]] as const };

  it('sends the fields, then the file, as a form', async () => {
    await using server = await startUploadServer();
    const told: UploadProgress[] = [];
    const answer = await sendFromBrowser({
      ...request,
      url: `${server.url}/api/v2/upload-asset`,
      source: new File([bytes], 'a.png'),
      onProgress: (progress) => told.push(progress),
    });
    expect(answer.status).toBe(201);
    expect(server.received[0]).toMatchObject({
      fileName: 'a.png',
      sha256,
      fields: { clientId },
      fieldsBeforeFile: ['clientId'],
    });
    expect(server.received[0]?.headers['x-a']).toBe('1');
    expect(told.at(-1)).toEqual({ sent: bytes.byteLength, total: bytes.byteLength });
  });

  it('refuses a path with a sentence', async () => {
    const upload = sendFromBrowser({ ...request, url: 'http://127.0.0.1:9', source: '/etc/hostname' });
    await expect(upload).rejects.toThrow('need Node');
  });
});
