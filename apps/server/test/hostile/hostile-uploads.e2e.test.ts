import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Asset, assetSchema, issuedShareSchema, problemSchema } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DashboardPage, openDashboard } from '../dashboard-page.ts';
import { formOf } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer } from '../start-server.ts';
import { hostileFiles, mark } from './hostile-files.ts';

/** How many refusals are expected at least: what is no format of the library at all. */
const refusedAtLeast = 15;

describe('files that mean harm', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let page: Page;
  const accepted: Asset[] = [];
  const refused: string[] = [];
  /** Every sign of a script that ran, or of something that was fetched for a file. */
  const ran: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    for (const { name: fileName, bytes } of await hostileFiles()) {
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'duplicates', value: 'keep' },
        { name: 'file', value: bytes, fileName },
      ];
      const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
      const body: unknown = await answer.json();
      if (answer.ok) accepted.push(assetSchema.parse(body));
      else {
        expect([400, 415, 422], fileName).toContain(answer.status);
        refused.push(problemSchema.parse(body).code);
      }
    }
    dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
    page = dashboard.page;
    dashboard.context.on('request', (request) => {
      if (new URL(request.url()).pathname.includes(mark)) ran.push(`asked for ${request.url()}`);
    });
    dashboard.context.on('console', (message) => {
      if (message.type() === 'log' && message.text().includes(mark))
        ran.push(`logged at ${message.location().url}`);
    });
    page.on('dialog', (dialog) => {
      ran.push(`said ${dialog.message()}`);
      void dialog.dismiss();
    });
  }, 120_000);
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  /** What is a download, or breaks off, is no page in which anything could run. */
  const open = (url: string) => page.goto(url, { waitUntil: 'load', timeout: 5000 }).catch(() => null);

  it('would be seen to run, if one did', async () => {
    const pdfs = (await hostileFiles()).filter(({ name }) => /^(open-action|deflated)\.pdf$/.test(name));
    const trap = createServer((request, response) => {
      const pdf = pdfs.find(({ name }) => `/${name}` === request.url)?.bytes;
      if (pdf) response.setHeader('content-type', 'application/pdf').end(pdf);
      else response.setHeader('content-type', 'text/html').end(`<script>fetch('/${mark}')</script>`);
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const { port }: AddressInfo = Object(trap.address());
    await open(`http://127.0.0.1:${port}/`);
    await expect.poll(() => ran).toContainEqual(expect.stringContaining('asked for'));
    // The browser's own reader of PDFs runs what they hold.
    for (const { name } of pdfs) {
      ran.length = 0;
      await open(`http://127.0.0.1:${port}/${name}`);
      await expect.poll(() => ran, { timeout: 10_000 }).toContain(`said ${mark}`);
    }
    expect(pdfs).toHaveLength(2);
    ran.length = 0;
    trap.close();
  });

  it('are refused where they are no format of the library', () => {
    expect(accepted.length + refused.length).toBeGreaterThanOrEqual(60);
    expect(refused.length).toBeGreaterThanOrEqual(refusedAtLeast);
    expect(accepted.length).toBeGreaterThan(10);
  });

  it('run nowhere: not as files, as pictures, at signed addresses or at those of a share link', async () => {
    const assetIds = accepted.map(({ id }) => id);
    const made = await server.request(
      '/api/shares',
      jsonRequest('POST', { name: 'All', target: { kind: 'assets', assetIds } }),
    );
    const [link] = z.array(issuedShareSchema).parse(await made.json());
    const token = new URL(link?.url ?? '').pathname.split('/')[2];
    await open(link?.url ?? '');
    for (const { id, url, format } of accepted) {
      const at = [`/api/v2/assets/${id}`, `/api/s/${token}/assets/${id}`];
      const ends = [
        '/data',
        '/data?download',
        '/thumbnail',
        '/thumbnail?size=preview',
        '/thumbnail?size=cover',
      ];
      for (const address of [
        `/api/v2/assets/${id}`,
        ...at.flatMap((start) => ends.map((end) => `${start}${end}`)),
      ]) {
        await open(`${server.url}${address}`);
        // The reader begins when the page has been loaded.
        if (format === 'pdf' && !/thumbnail|download/.test(address)) await page.waitForTimeout(700);
      }
      await open(url);
      if (format === 'pdf') await page.waitForTimeout(700);
    }
    expect(ran).toEqual([]);
  }, 240_000);

  it('run on no page of ours, which show them as pictures and as text', async () => {
    for (const { id, type, format } of accepted) {
      if (type === 'document' || format === 'svg') await open(`${server.url}/assets/${id}`);
    }
    await page.waitForTimeout(300);
    expect(ran).toEqual([]);
  }, 120_000);
});
