import { mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type Asset, assetSchema, peaksSchema, problemSchema } from '@vitrine/schema';
import { makeFixture } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

describe('delivery', () => {
  let server: TestServer;
  let folder: string;
  let clientId: string;
  let image: Asset;
  let audio: Asset;
  let large: Asset;
  let largeBytes: Buffer;

  beforeAll(async () => {
    server = await startServer();
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-delivery-'));
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    image = await upload(await smallPng(1, 600, 400), 'Straße am Meer.png');
    audio = await upload(await readFile((await makeFixture('wav', folder)).path), 'tune.wav');
    largeBytes = Buffer.concat([await smallPng(2), Buffer.alloc(20_000_000, 'abcdefghijk')]);
    large = await upload(largeBytes, 'large.png');
  }, 30_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function upload(content: Buffer, fileName: string): Promise<Asset> {
    const body = formOf([
      { name: 'clientId', value: clientId },
      { name: 'file', value: content, fileName },
    ]);
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body });
    return assetSchema.parse(await answer.json());
  }

  /** What the server answers to a request written by hand. */
  async function raw(lines: readonly string[]): Promise<string> {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    socket.write(`${[...lines, `X-API-Key: ${server.owner.key}`, 'Connection: close'].join('\r\n')}\r\n\r\n`);
    return text(socket);
  }

  /** Files that this process has open below the data folder. */
  async function openBlobs(): Promise<number> {
    const { readlink } = await import('node:fs/promises');
    const links = await Promise.all(
      (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
    );
    return links.filter((link) => link.startsWith(path.join(server.dataDir, 'blobs/'))).length;
  }

  it('makes a picture when it is asked for, named after the asset', async () => {
    for (const size of ['', '?size=thumb', '?size=preview']) {
      const answer = await server.request(`/api/v2/assets/${image.id}/thumbnail${size}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('image/webp');
      const disposition = answer.headers.get('content-disposition');
      const preset = size === '?size=preview' ? 'preview' : 'thumb';
      expect(disposition).toContain(`filename*=UTF-8''Stra%C3%9Fe%20am%20Meer.${preset}.webp`);
      expect(disposition).toMatch(/^inline; /);
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(8, 12)
          .toString(),
      ).toBe('WEBP');
    }
  });

  it('names the pictures there are when another is asked for', async () => {
    for (const size of ['poster', 'waveform', 'page-1', '4000x4000', '']) {
      const answer = await server.request(`/api/v2/assets/${image.id}/thumbnail?size=${size}`);
      const { status, code, detail } = problemSchema.parse(await answer.json());
      expect({ status, code }, size).toEqual({ status: 400, code: 'invalid_input' });
      expect(detail).toContain('thumb, preview');
    }
  });

  it('gives peaks as JSON and as they are stored, each with an ETag of its own', async () => {
    const json = await server.request(`/api/v2/assets/${audio.id}/waveform`);
    expect(json.headers.get('content-type')).toBe('application/json');
    const peaks = peaksSchema.parse(await json.json());
    expect(peaks.data).toHaveLength(2 * peaks.length);
    const dat = await server.request(`/api/v2/assets/${audio.id}/waveform?format=dat`);
    expect(dat.headers.get('content-type')).toBe('application/octet-stream');
    expect((await dat.arrayBuffer()).byteLength).toBe(24 + peaks.data.length);
    expect(json.headers.get('etag')).not.toBe(dat.headers.get('etag'));
    const again = { headers: { 'if-none-match': json.headers.get('etag') ?? '' } };
    expect((await server.request(`/api/v2/assets/${audio.id}/waveform`, again)).status).toBe(304);
    for (const wrong of [`${audio.id}/waveform?format=xml`, `${image.id}/waveform`]) {
      expect((await server.request(`/api/v2/assets/${wrong}`)).status).toBe(400);
    }
  });

  it('finds the same file by every spelling of its address', async () => {
    const { id } = image;
    const spellings = [
      `/api/v2/assets/${id.toUpperCase()}`,
      `/api/v2/assets/${id}/`,
      `/API/V2/Assets/${id}/Data`,
      `/api/v2/assets/%${id.charCodeAt(0).toString(16)}${id.slice(1)}?x=%zz`,
      `http://elsewhere.example/api/v2/assets/${id}/data`,
    ];
    for (const address of spellings) {
      for (const version of ['1.0', '1.1']) {
        const answer = await raw([`GET ${address} HTTP/${version}`, 'Host: vitrine', 'Range: bytes=0-3']);
        expect(answer, address).toMatch(/^HTTP\/1\.1 206 /);
        expect(answer).toContain(`etag: "${image.sha256}"`.replace('etag', 'ETag'));
      }
    }
    expect(await raw(['GET /api/v2/assets/%E0%A4%A HTTP/1.1', 'Host: vitrine'])).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw([`GET /api/v2/assets/${'a'.repeat(9000)} HTTP/1.1`, 'Host: v'])).toMatch(
      /^HTTP\/1\.1 404 /,
    );
    expect(await raw([`GET /api/v2/assets//${id} HTTP/1.1`, 'Host: vitrine'])).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('answers several requests of one connection in their order', async () => {
    const request = (range: string) => [
      `GET /api/v2/assets/${large.id} HTTP/1.1`,
      'Host: vitrine',
      `Range: bytes=${range}`,
    ];
    const first = [...request('0-1999999'), `X-API-Key: ${server.owner.key}`, '', ''].join('\r\n');
    const [line, ...rest] = request('2000000-2000010');
    const answer = await raw([first + line, ...rest]);
    expect(answer.match(/Content-Range: bytes [^\r]*/g)).toEqual([
      `Content-Range: bytes 0-1999999/${large.size}`,
      `Content-Range: bytes 2000000-2000010/${large.size}`,
    ]);
  });

  it('has an id and the headers of hostile bytes in every refusal too', async () => {
    const answer = await server.request(`/api/v2/assets/${image.id}`, { key: null });
    const problem = problemSchema.parse(await answer.json());
    expect(answer.headers.get('x-request-id')).toBe(problem.requestId);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="vitrine"');
  });

  it('counts towards the same limit as every other request', async () => {
    await using limited = await startServer({ VITRINE_RATE_LIMIT: '3' });
    const id = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
    for (const address of ['/api/clients', `/api/v2/assets/${id}`, `/api/v2/assets/${id}/thumbnail`]) {
      await limited.request(address);
    }
    const refused = await limited.request(`/api/v2/assets/${id}/data`);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('sends any part of a large file exactly, to quick readers and slow ones', async () => {
    const parts = [
      [0, large.size - 1],
      [1, 524_288],
      [524_287, 1_048_577],
      [large.size - 700_001, large.size - 1],
    ] as const;
    await Promise.all(
      parts.map(async ([start, end], index) => {
        const headers = { range: `bytes=${start}-${end}` };
        const answer = await server.request(`/api/v2/assets/${large.id}`, { headers });
        if (index % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 400));
        const body = Buffer.from(await answer.arrayBuffer());
        expect(body.equals(largeBytes.subarray(start, end + 1))).toBe(true);
      }),
    );
  });

  it('holds little memory for readers who do not read, and closes the file when they go', async () => {
    const { port } = new URL(server.url);
    const before = process.memoryUsage();
    const sockets = Array.from({ length: 60 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.pause();
      socket.write(
        `GET /api/v2/assets/${large.id} HTTP/1.1\r\nHost: v\r\nX-API-Key: ${server.owner.key}\r\n\r\n`,
      );
      return socket;
    });
    await expect.poll(openBlobs, { timeout: 5000 }).toBe(60);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(40 * 1024 * 1024);
    for (const socket of sockets) socket.destroy();
    await expect.poll(openBlobs, { timeout: 5000 }).toBe(0);
  });

  it('answers 500, not half a file, when the stored bytes are shorter than their row says', async () => {
    const bytes = Buffer.concat([await smallPng(5), Buffer.alloc(300_000, 'z')]);
    const { id, sha256 } = await upload(bytes, 'short.png');
    const blob = path.join(server.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    await truncate(blob, 1000);
    expect((await server.request(`/api/v2/assets/${id}`)).status).toBe(500);
    await rm(blob);
    expect((await server.request(`/api/v2/assets/${id}`)).status).toBe(500);
  });
});
