import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFixture } from '@vitrine/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { startServer, type TestServer } from './start-server.ts';

const kinds = [
  { kind: 'image', format: 'png', filter: 'Images' },
  { kind: 'video', format: 'mp4', filter: 'Videos' },
  { kind: 'audio', format: 'mp3', filter: 'Audio' },
  { kind: 'document', format: 'pdf', filter: 'Documents' },
] as const;

describe('a first session in the dashboard', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let page: Page;
  let folder: string;
  let refused: string;
  let files: Record<string, string>;
  const expectAccessible = () => dashboard.expectAccessible();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-e2e-'));
    refused = path.join(folder, 'page.txt');
    await writeFile(refused, '<!doctype html><script>1</script>');
    files = Object.fromEntries(
      await Promise.all(
        kinds.map(async ({ kind, format }) => [kind, (await makeFixture(format, folder)).path] as const),
      ),
    );
    server = await startServer();
    dashboard = await openDashboard(server);
    page = dashboard.page;
  });
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const nameOf = (kind: string) => path.basename(files[kind] ?? '');
  const tile = (kind: string) =>
    page.getByRole('gridcell').getByRole('link', { name: new RegExp(`^${nameOf(kind)}`) });

  it('says so when the password is wrong, and signs in when it is right', async () => {
    await page.goto(server.url);
    await page.getByLabel('Email').fill(server.owner.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    dashboard.problems.length = 0; // the browser logs the 401 itself
    await expectAccessible();
    await page.getByLabel('Password', { exact: true }).fill(server.owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'New client' }).first().waitFor();
    await expectAccessible();
  });

  it('makes a client and opens it', async () => {
    await page.getByRole('button', { name: 'New client' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Northwind Coffee');
    await expectAccessible();
    await dialog.getByRole('button', { name: 'Create client' }).click();
    await page.getByRole('heading', { level: 1, name: 'Northwind Coffee' }).waitFor();
    await expectAccessible();
  });

  it('uploads a file of each kind, and shows why a page is refused', async () => {
    await page
      .getByLabel('Choose files')
      .first()
      .setInputFiles([...kinds.map(({ kind }) => files[kind] ?? ''), refused]);
    for (const { kind } of kinds) await tile(kind).waitFor({ timeout: 30_000 });
    await page.getByText(/HTML/).first().waitFor();
    dashboard.problems.length = 0; // the browser logs the 415 itself
    await expectAccessible();
  });

  it('filters by kind, in the address', async () => {
    for (const { kind, filter } of kinds) {
      await page.getByRole('radiogroup', { name: 'Kind' }).getByRole('radio', { name: filter }).click();
      await page.waitForURL(new RegExp(`type=${kind}`));
      await tile(kind).waitFor();
      await expect.poll(() => page.getByRole('gridcell').count()).toBe(1);
    }
    await page.getByRole('radiogroup', { name: 'Kind' }).getByRole('radio', { name: 'All' }).click();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(4);
  });

  it.each(kinds)('opens the $kind in its own preview and comes back', async ({ kind }) => {
    await tile(kind).click();
    await page.getByRole('heading', { level: 1, name: nameOf(kind) }).waitFor();
    const preview = page.locator('[aria-label="Preview"]');
    await preview.waitFor();
    expect(await preview.getAttribute('data-kind')).toBe(kind);
    await expectAccessible();
    await page.goBack();
    await tile(kind).waitFor();
  });

  it('met no script error and asked no other host for anything', () => {
    expect(dashboard.problems).toEqual([]);
    expect(dashboard.elsewhere).toEqual([]);
  });
});
