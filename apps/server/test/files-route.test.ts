import { createHash, randomBytes } from 'node:crypto';
import { type Asset, assetSchema, problemSchema } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

describe('the file route', () => {
  let server: TestServer;
  let clientId: string;
  let asset: Asset;
  let bytes: Buffer;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    // Noise behind the end of a PNG's image data is kept as it is: the file is the user's, byte for byte.
    bytes = await smallPng(3, 300, 200);
    asset = await upload(bytes, 'Straße "1".png');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function upload(content: Buffer, fileName: string): Promise<Asset> {
    const body = formOf([
      { name: 'clientId', value: clientId },
      { name: 'file', value: content, fileName },
    ]);
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body });
    return assetSchema.parse(await answer.json());
  }

  const get = (headers: Record<string, string> = {}, method = 'GET') =>
    server.request(`/api/v2/assets/${asset.id}`, { headers, method });

  it('gives the very bytes that were uploaded, under both addresses', async () => {
    for (const address of [asset.url, `${asset.url}/data`]) {
      const answer = await server.request(address);
      expect(answer.status).toBe(200);
      const body = Buffer.from(await answer.arrayBuffer());
      expect(body.equals(bytes)).toBe(true);
      expect(createHash('sha256').update(body).digest('hex')).toBe(asset.sha256);
    }
  });

  it('treats the bytes as hostile in its headers', async () => {
    const { headers } = await get();
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("sandbox; default-src 'none'");
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toContain('private');
    expect(headers.get('etag')).toBe(`"${asset.sha256}"`);
  });

  it('names the file in any script, inline for an image and as an attachment on request', async () => {
    const disposition = (await get()).headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^inline; /);
    expect(disposition).toContain(`filename*=UTF-8''Stra%C3%9Fe%20%221%22.png`);
    const download = await server.request(`${asset.url}?download=1`);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; /);
  });

  it('never shows SVG or text in place', async () => {
    const svg = await upload(
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>'),
      'a.svg',
    );
    const text = await upload(Buffer.from('Dear reader,\nall is well.\n'), 'a.txt');
    for (const { url } of [svg, text]) {
      const answer = await server.request(url);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; /);
      await answer.arrayBuffer();
    }
  });

  it('answers HEAD with the same headers and no body', async () => {
    const [head, whole] = [await get({}, 'HEAD'), await get()];
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
    expect(head.headers.get('etag')).toBe(whole.headers.get('etag'));
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    await whole.arrayBuffer();
  });

  it('gives any single range exactly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(bytes.length * 2), async (start, length) => {
        const end = start + length;
        const answer = await get({ range: `bytes=${start}-${end}` });
        const last = Math.min(end, bytes.length - 1);
        expect(answer.status).toBe(206);
        expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${last}/${bytes.length}`);
        expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, last + 1))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('gives open and suffix ranges, and the whole for ranges it cannot read', async () => {
    const bodyOf = async (range: string) => {
      const answer = await get({ range });
      return [answer.status, Buffer.from(await answer.arrayBuffer())] as const;
    };
    expect(await bodyOf('bytes=-5')).toEqual([206, bytes.subarray(-5)]);
    expect(await bodyOf(`bytes=${bytes.length - 3}-`)).toEqual([206, bytes.subarray(-3)]);
    expect((await bodyOf('lines=1-2'))[0]).toBe(200);
    expect((await bodyOf('bytes=0-1,4-5'))[0]).toBe(200);
  });

  it('answers 416 to a range behind the end', async () => {
    const answer = await get({ range: `bytes=${bytes.length}-` });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
  });

  it('answers 304 to the ETag it gave, and 200 to another', async () => {
    expect((await get({ 'if-none-match': `"${asset.sha256}"` })).status).toBe(304);
    expect((await get({ 'if-none-match': `"other", W/"${asset.sha256}"` })).status).toBe(304);
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get({ 'if-modified-since': new Date().toUTCString() })).status).toBe(304);
    expect((await get({ 'if-modified-since': new Date(0).toUTCString() })).status).toBe(200);
  });

  it('honours If-Range: the range for the same bytes, the whole for others', async () => {
    expect((await get({ range: 'bytes=0-9', 'if-range': `"${asset.sha256}"` })).status).toBe(206);
    expect((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
  });

  it('answers 404 to a foreign, an unknown and a malformed id in the same words', async () => {
    const member = await server.addUser('member');
    const answers = await Promise.all([
      server.request(asset.url, { key: member.key }),
      server.request('/api/v2/assets/01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01'),
      server.request('/api/v2/assets/nonsense'),
    ]);
    const bodies = await Promise.all(answers.map(async (answer) => problemSchema.parse(await answer.json())));
    for (const [index, answer] of answers.entries()) {
      expect(answer.status).toBe(404);
      expect({ ...bodies[index], requestId: '' }).toEqual({ ...bodies[0], requestId: '' });
      expect(answer.headers.get('etag')).toBeNull();
    }
  });

  it('survives readers that go away in the middle', async () => {
    const noise = await upload(Buffer.concat([await smallPng(9), randomBytes(3_000_000)]), 'noise.png');
    for (let round = 0; round < 5; round += 1) {
      const controller = new AbortController();
      const answer = await server.request(noise.url, { signal: controller.signal });
      await answer.body?.getReader().read();
      controller.abort();
    }
    expect((await get()).status).toBe(200);
  });
});
