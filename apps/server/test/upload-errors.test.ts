import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ServiceDependencies } from '@vitrine/core';
import { clientSchema, type Problem, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf, type Part, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const maxBytes = 200_000;
const missingId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';

describe('a refused upload', () => {
  let server: TestServer;
  let clientId: string;
  let otherCampaignId: string;
  let png: Buffer;

  beforeAll(async () => {
    server = await startServer({ VITRINE_MAX_UPLOAD_BYTES: String(maxBytes) });
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    const otherId = await server.create('/api/clients', { name: 'Southwind' });
    otherCampaignId = await server.create('/api/campaigns', { clientId: otherId, name: 'Theirs' });
    png = await smallPng();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const upload = (parts: readonly Part[], key?: string | null) =>
    server.request('/api/v2/upload-asset', {
      method: 'POST',
      body: formOf(parts),
      ...(key !== undefined && { key }),
    });

  async function refusal(answer: Response): Promise<Problem> {
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = problemSchema.parse(await answer.json());
    expect(problem.status).toBe(answer.status);
    expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 0, assets: 0 });
    return problem;
  }

  const file = (value: Part['value'], fileName = 'a.png'): Part => ({ name: 'file', value, fileName });
  const client = (): Part => ({ name: 'clientId', value: clientId });

  it('without a credential is 401 unauthenticated', async () => {
    const problem = await refusal(await upload([client(), file(png)], null));
    expect(problem).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('with a wrong key is 401 unauthenticated', async () => {
    const problem = await refusal(await upload([client(), file(png)], 'vtr_wrong'));
    expect(problem).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('with a key that may only read is 403 forbidden and names the scope', async () => {
    const reader = await server.addUser('admin', ['assets:read', 'clients:read']);
    const problem = await refusal(await upload([client(), file(png)], reader.key));
    expect(problem).toMatchObject({ status: 403, code: 'forbidden' });
    expect(problem.detail).toContain("'assets:write'");
  });

  it('without clientId is 400 invalid_input and names the field, wherever the file stands', async () => {
    for (const parts of [
      [file(png)],
      [{ name: 'name', value: 'x' }, file(png)],
      [file(png), { name: 'name', value: 'x' }],
    ]) {
      const problem = await refusal(await upload(parts));
      expect(problem).toMatchObject({ status: 400, code: 'invalid_input', detail: 'clientId: is required' });
      expect(problem.issues?.[0]?.path).toEqual(['clientId']);
    }
  });

  it('without a file is 400 invalid_input and names the field', async () => {
    const problem = await refusal(await upload([client()]));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_input' });
    expect(problem.issues?.[0]?.path).toEqual(['file']);
  });

  it('with two files, or the file under another name, is 400 invalid_input', async () => {
    expect(await refusal(await upload([client(), file(png), file(png)]))).toMatchObject({
      code: 'invalid_input',
    });
    const elsewhere = { name: 'upload', value: png, fileName: 'a.png' };
    expect(await refusal(await upload([client(), elsewhere]))).toMatchObject({ code: 'invalid_input' });
  });

  it('with tags that are no JSON array of strings is 400 invalid_input', async () => {
    const problem = await refusal(await upload([client(), { name: 'tags', value: 'red' }, file(png)]));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_input' });
    expect(problem.issues?.[0]?.path[0]).toBe('tags');
  });

  it('with a role of another kind is 400 invalid_input and says which roles would do', async () => {
    const problem = await refusal(
      await upload([client(), { name: 'tags', value: '["voice_sample"]' }, file(png)]),
    );
    expect(problem).toMatchObject({ status: 400, code: 'invalid_input' });
    expect(problem.detail).toContain('first_frame');
  });

  it('for an unknown client and for a foreign one is the same 404 not_found', async () => {
    const member = await server.addUser('member');
    const unknown = await refusal(await upload([{ name: 'clientId', value: missingId }, file(png)]));
    const foreign = await refusal(await upload([client(), file(png)], member.key));
    expect(unknown).toMatchObject({ status: 404, code: 'not_found' });
    expect({ ...foreign, requestId: '' }).toEqual({ ...unknown, requestId: '' });
  });

  it('for a campaign of another client is 422 campaign_client_mismatch, with the field before or behind the file', async () => {
    const campaign = { name: 'campaignId', value: otherCampaignId };
    for (const parts of [
      [client(), campaign, file(png)],
      [file(png), campaign, client()],
    ]) {
      const problem = await refusal(await upload(parts));
      expect(problem).toMatchObject({ status: 422, code: 'campaign_client_mismatch' });
    }
  });

  it('over the size limit is 413 too_large, announced or not', async () => {
    const large = Buffer.alloc(maxBytes + 1, 7);
    expect(await refusal(await upload([client(), file(large)]))).toMatchObject({
      status: 413,
      code: 'too_large',
    });
    const huge = Buffer.alloc(maxBytes + 2 * 1024 * 1024, 7);
    expect(await refusal(await upload([client(), file(huge)]))).toMatchObject({
      status: 413,
      code: 'too_large',
    });
  });

  it('that announces too long a body is refused before a byte of it is sent', async () => {
    const answer = await new Promise<{ status: number; sent: boolean }>((resolve, reject) => {
      const request = httpRequest(new URL('/api/v2/upload-asset', server.url), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.owner.key}`,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': String(10 * 1024 ** 3),
          expect: '100-continue',
        },
      });
      let sent = false;
      request.on('continue', () => {
        sent = true;
      });
      request.on('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, sent });
        request.destroy();
      });
      request.on('error', reject);
      request.flushHeaders();
    });
    expect(answer).toEqual({ status: 413, sent: false });
  });

  it.each([
    ['a page', '<!doctype html><title>x</title><script>alert(1)</script>', 'x.txt'],
    ['a page that begins with spaces', '\n\n   <html><body>hello</body></html>', 'notes.txt'],
    ['XML that is no SVG', '<?xml version="1.0"?><note><to>you</to></note>', 'note.xml'],
    ['a shell script', '#!/bin/sh\nrm -rf /\n', 'run.txt'],
    ['a program', Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(200)]), 'a.bin'],
    [
      'bytes that are nothing',
      Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 7919) % 256)),
      'a.dat',
    ],
  ])('of %s is 415 unsupported_format', async (_what, bytes, fileName) => {
    const problem = await refusal(await upload([client(), file(Buffer.from(bytes), fileName)]));
    expect(problem).toMatchObject({ status: 415, code: 'unsupported_format' });
  });

  it('whose bytes contradict `type` is 422 type_mismatch', async () => {
    const problem = await refusal(await upload([client(), { name: 'type', value: 'video' }, file(png)]));
    expect(problem).toMatchObject({ status: 422, code: 'type_mismatch' });
    expect(problem.detail).toContain('PNG');
  });

  it('whose bytes contradict the kind that the extension says is 422 type_mismatch', async () => {
    const problem = await refusal(await upload([client(), file(png, 'clip.mp4')]));
    expect(problem).toMatchObject({ status: 422, code: 'type_mismatch' });
  });

  it('of an empty file is 422 unreadable_media', async () => {
    const problem = await refusal(await upload([client(), file(Buffer.alloc(0))]));
    expect(problem).toMatchObject({ status: 422, code: 'unreadable_media' });
  });

  it('of a truncated file is 422 unreadable_media', async () => {
    const photo = await smallPng(1, 400, 300);
    const problem = await refusal(await upload([client(), file(photo.subarray(0, photo.length - 200))]));
    expect(problem).toMatchObject({ status: 422, code: 'unreadable_media' });
  });

  it('to an unknown client is answered at once, though the file never ends', async () => {
    const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const request = httpRequest(new URL('/api/v2/upload-asset', server.url), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.owner.key}`,
          'content-type': 'multipart/form-data; boundary=x',
        },
      });
      request.on('response', (response) => {
        text(response).then(
          (received) => resolve({ status: response.statusCode ?? 0, body: received }),
          reject,
        );
      });
      request.on('error', () => {});
      request.write(
        `--x\r\ncontent-disposition: form-data; name="clientId"\r\n\r\n${missingId}\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n`,
      );
      const more = setInterval(() => request.write(png), 5);
      request.on('close', () => clearInterval(more));
    });
    expect(status).toBe(404);
    expect(problemSchema.parse(JSON.parse(body))).toMatchObject({ code: 'not_found' });
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 0, assets: 0 });
  });

  it('that breaks off in the middle leaves nothing', async () => {
    await new Promise<void>((resolve) => {
      const request = httpRequest(new URL('/api/v2/upload-asset', server.url), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.owner.key}`,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': '100000',
        },
      });
      request.on('error', () => resolve());
      request.write(
        `--x\r\ncontent-disposition: form-data; name="clientId"\r\n\r\n${clientId}\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n`,
      );
      request.write(png.subarray(0, 60), () => setTimeout(() => request.destroy(), 100));
    });
    await expect.poll(() => server.leftovers()).toEqual({ staging: 0, blobs: 0, assets: 0 });
  });

  it('that is no form at all is 400 invalid_input', async () => {
    const answer = await server.request('/api/v2/upload-asset', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await refusal(answer)).toMatchObject({ status: 400, code: 'invalid_input' });
  });
});

describe('the other rows of the error table', () => {
  it('answer 429 rate_limited with Retry-After once a key has used up its minute', async () => {
    await using server = await startServer({ VITRINE_RATE_LIMIT: '3' });
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await server.request('/api/clients')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const answer = await server.request('/api/clients');
    expect(problemSchema.parse(await answer.json())).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('answer 507 storage_full below the free-space floor, and keep nothing', async () => {
    await using server = await startServer({ VITRINE_MIN_FREE_BYTES: String(Number.MAX_SAFE_INTEGER) });
    const id = await server.create('/api/clients', { name: 'Northwind' });
    const body = formOf([
      { name: 'clientId', value: id },
      { name: 'file', value: await smallPng(), fileName: 'a.png' },
    ]);
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body });
    expect(problemSchema.parse(await answer.json())).toMatchObject({ status: 507, code: 'storage_full' });
    expect(await server.leftovers()).toEqual({ staging: 0, blobs: 0, assets: 0 });
  });

  it('answer 500 internal to a fault of the server’s own, whatever its words are, and never those words', async () => {
    const fault = new Error('the multipart header of the form was aborted');
    const dependencies = (real: ServiceDependencies) => ({
      ...real,
      staging: { ...real.staging, receive: () => Promise.reject(fault) },
    });
    await using server = await startServer({}, { dependencies });
    const id = await server.create('/api/clients', { name: 'Northwind' });
    const body = formOf([
      { name: 'clientId', value: id },
      { name: 'file', value: await smallPng(), fileName: 'a.png' },
    ]);
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body });
    const problem = problemSchema.parse(await answer.json());
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(problem.detail).not.toContain('aborted');
  });

  it('make nothing of a file whose sender goes before the answer, though all of it has come', async () => {
    const begun = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const dependencies = (real: ServiceDependencies) => ({
      ...real,
      inspector: {
        ...real.inspector,
        async inspect(file: Parameters<typeof real.inspector.inspect>[0]) {
          begun.resolve();
          await done.promise;
          return real.inspector.inspect(file);
        },
      },
    });
    await using server = await startServer({}, { dependencies });
    const id = await server.create('/api/clients', { name: 'Northwind' });
    const body = formOf([
      { name: 'clientId', value: id },
      { name: 'file', value: await smallPng(), fileName: 'a.png' },
    ]);
    const gone = new AbortController();
    const sending = server.request('/api/v2/upload-asset', { method: 'POST', body, signal: gone.signal });
    await begun.promise;
    gone.abort();
    await expect(sending).rejects.toThrow();
    // The server hears of it a moment later.
    await new Promise((resolve) => setTimeout(resolve, 200));
    done.resolve();
    await expect.poll(() => server.leftovers()).toMatchObject({ staging: 0, assets: 0 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await server.leftovers()).toMatchObject({ staging: 0, assets: 0 });
  });

  it('answer 409 conflict to an edit of a row version that is no longer the current one', async () => {
    await using server = await startServer();
    const made = await server.request('/api/clients', jsonRequest('POST', { name: 'Northwind' }));
    expect(made.headers.get('etag')).toBe('"1"');
    const { id } = clientSchema.parse(await made.json());
    const edit = (name: string, ifMatch: string) => {
      const { headers, ...init } = jsonRequest('PATCH', { name });
      return server.request(`/api/clients/${id}`, { ...init, headers: { ...headers, 'if-match': ifMatch } });
    };
    expect((await edit('First', '"1"')).status).toBe(200);
    const second = await edit('Second', '"1"');
    expect(problemSchema.parse(await second.json())).toMatchObject({ status: 409, code: 'conflict' });
    expect(await (await server.request(`/api/clients/${id}`)).json()).toMatchObject({ name: 'First' });
  });

  it('answer 400 invalid_input to an address that cannot be decoded', async () => {
    await using server = await startServer();
    const answer = await server.request('/api/v2/assets/%E0%A4%A/metadata');
    expect(answer.status).toBe(400);
    expect(problemSchema.parse(await answer.json())).toMatchObject({ code: 'invalid_input' });
  });
});
