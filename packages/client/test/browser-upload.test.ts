import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeTusServer } from './fake-tus-server.ts';
import { startServer, startUploadServer } from './start-upload-server.ts';

const size = 8_000_000;
const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';

let browser: Browser;
beforeAll(async () => {
  // Debian's Chromium: `apt-get install chromium`. Launching says so when it is not there.
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());

const script = `
  import { sendUpload } from './web-transport.ts';
  import { sendResumable } from './send-resumable.ts';
  Object.assign(window, { sendUpload, sendResumable });`;

/** A page of the server's own origin that has the browser's ways to send as `window.sendUpload` and `window.sendResumable`. */
async function openPage(url: string): Promise<Page> {
  const page = await browser.newPage();
  const imports = { '#upload-transport': '/web-transport.ts' };
  await page.route(`${url}/page`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<script type="importmap">${JSON.stringify({ imports })}</script><script type="module">${script}</script>`,
    }),
  );
  await page.route(/\.ts$/, async (route) => {
    const file = join(import.meta.dirname, '../src', basename(route.request().url()));
    const body = stripTypeScriptTypes(await readFile(file, 'utf8'));
    await route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto(`${url}/page`);
  await page.waitForFunction('window.sendUpload');
  return page;
}

describe('an upload in Chromium', () => {
  it('sends the form, tells its progress up to the whole file and gives the answer', async () => {
    await using server = await startUploadServer();
    const page = await openPage(server.url);
    const result = await page.evaluate(`(async () => {
      const told = [];
      const answer = await sendUpload({
        url: '/api/v2/upload-asset',
        headers: { authorization: 'Bearer vtr_k' },
        fields: [['clientId', '${clientId}'], ['tags', '["café"]']],
        source: new File([new Uint8Array(${size}).fill(7)], 'Straße.mp4'),
        onProgress: (progress) => told.push(progress),
      });
      return { status: answer.status, type: JSON.parse(answer.body).type, last: told.at(-1), moments: told.length };
    })()`);
    expect(result).toMatchObject({ status: 201, type: 'image', last: { sent: size, total: size } });
    expect(server.received[0]).toMatchObject({
      fileName: 'Straße.mp4',
      fields: { clientId, tags: '["café"]' },
      fieldsBeforeFile: ['clientId', 'tags'],
      sha256: createHash('sha256').update(Buffer.alloc(size, 7)).digest('hex'),
    });
    expect(server.received[0]?.headers.authorization).toBe('Bearer vtr_k');
    await page.close();
  });

  it('sends a file in pieces, goes on where the connection broke and tells its progress', async () => {
    await using server = await startFakeTusServer({ breaks: { 1: 1_000_000 } });
    const page = await openPage(server.url);
    const result = await page.evaluate(`(async () => {
      const told = [];
      const content = new File([new Uint8Array(${size}).fill(7)], 'Straße.mp4');
      const answer = await sendResumable({
        url: '/api/tus',
        headers: async () => ({ authorization: 'Bearer vtr_k' }),
        fields: [['clientId', '${clientId}']],
        file: { name: content.name, size: content.size, identity: null, content },
        onProgress: (progress) => told.push(progress),
      });
      return { status: answer.status, outcome: answer.header('vitrine-outcome'), last: told.at(-1) };
    })()`);
    expect(result).toEqual({ status: 200, outcome: 'created', last: { sent: size, total: size } });
    expect(server.uploads()).toMatchObject([
      {
        metadata: { clientId, filename: 'Straße.mp4' },
        sha256: createHash('sha256').update(Buffer.alloc(size, 7)).digest('hex'),
      },
    ]);
    await page.close();
  });

  it('gives a refusal as an answer', async () => {
    await using server = await startServer((request, response) => {
      request.resume().on('end', () => response.writeHead(422).end('{"code":"type_mismatch"}'));
    });
    const page = await openPage(server.url);
    const answer = await page.evaluate(
      `sendUpload({ url: '/x', headers: {}, fields: [], source: new Blob(['a']) })
        .then(({ status, body }) => ({ status, body }))`,
    );
    expect(answer).toEqual({ status: 422, body: '{"code":"type_mismatch"}' });
    await page.close();
  });

  it('that is aborted rejects with the signal’s reason, and without an answer with an error', async () => {
    await using server = await startServer(() => undefined);
    const page = await openPage(server.url);
    const said = await page.evaluate(`(async () => {
      const controller = new AbortController();
      const form = { headers: {}, fields: [], source: new Blob(['a']) };
      const aborted = sendUpload({ ...form, url: '/never', signal: controller.signal });
      setTimeout(() => controller.abort(new Error('changed my mind')), 100);
      const unreachable = sendUpload({ ...form, url: 'http://127.0.0.1:1/' });
      return Promise.all([aborted, unreachable].map((upload) => upload.catch((error) => error.message)));
    })()`);
    expect(said).toEqual(['changed my mind', 'The upload got no answer.']);
    await page.close();
  });
});
