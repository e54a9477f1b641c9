import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assetSchema } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';
import { wavChunks } from './wav-stream.ts';

const largeBytes = 70 * 1024 * 1024;

describe('uploads in the dashboard', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let page: Page;
  let folder: string;
  let clientId: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-e2e-'));
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind Coffee' });
    dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
    page = dashboard.page;
    await page.goto(`${server.url}/clients/${clientId}`);
    await page.getByRole('button', { name: 'Upload' }).waitFor();
  });
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const choose = (file: string) => page.getByLabel('Choose files').first().setInputFiles(file);
  const assets = async () =>
    z.array(assetSchema).parse(await (await server.request(`/api/v2/clients/${clientId}/assets`)).json());

  it('say when a file is there already, and make an asset of its own of it when one wants both', async () => {
    const file = path.join(folder, 'harbour.png');
    await writeFile(file, await smallPng(1, 320, 200));
    await choose(file);
    await page.getByText('In Northwind Coffee', { exact: true }).waitFor();
    await choose(file);
    await page.getByText('Already in Northwind Coffee').waitFor();
    expect(await assets()).toHaveLength(1);
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: /^Keep both/ }).click();
    await expect.poll(() => page.getByText('In Northwind Coffee', { exact: true }).count()).toBe(2);
    expect(await assets()).toHaveLength(2);
  });

  it('send a large file in pieces, and go on with it after the page was loaded again', async () => {
    const file = path.join(folder, 'room tone.wav');
    const sound = Buffer.from(Uint8Array.from({ length: 1024 * 1024 }, (_, at) => (at * 31) % 251));
    await writeFile(file, wavChunks(largeBytes, sound));
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/tus')) sent.push(request.method());
    });
    let pieces = 0;
    await page.route('**/api/tus/*', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      pieces += 1;
      // The second piece never arrives: the network is gone.
      return pieces === 2 ? route.abort() : route.continue();
    });
    await choose(file);
    await expect.poll(() => pieces, { timeout: 20_000 }).toBe(2);
    await page.reload();
    await page.unroute('**/api/tus/*');
    dashboard.problems.length = 0; // the browser logs the request that was cut off
    sent.length = 0;
    await choose(file);
    await page.getByText('In Northwind Coffee', { exact: true }).waitFor({ timeout: 30_000 });
    // Asked where it was, and sent the rest: nothing was begun anew.
    expect(sent[0]).toBe('HEAD');
    expect(sent).not.toContain('POST');
    expect((await assets()).find(({ name }) => name === 'room tone.wav')).toMatchObject({ size: largeBytes });
    expect(dashboard.problems).toEqual([]);
  }, 90_000);
});
