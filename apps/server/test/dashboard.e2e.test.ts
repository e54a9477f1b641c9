import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { makeFixture } from '@vitrine/testing';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './start-server.ts';

const executablePath = '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const kinds = [
  { kind: 'image', format: 'png', filter: 'Images' },
  { kind: 'video', format: 'mp4', filter: 'Videos' },
  { kind: 'audio', format: 'mp3', filter: 'Audio' },
  { kind: 'document', format: 'pdf', filter: 'Documents' },
] as const;

/**
 * The player's controls show a time or a rate and are named for what they do ("playback rate 1"). The rule that minds is one
 * that axe itself calls experimental; for everything of ours it holds.
 */
function isPlayersOwnName(rule: string, html: string): boolean {
  return rule === 'label-content-name-mismatch' && html.startsWith('<media-');
}

describe('a first session in the dashboard', () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let folder: string;
  let refused: string;
  let files: Record<string, string>;
  const problems: string[] = [];
  const elsewhere: string[] = [];

  beforeAll(async () => {
    if (!existsSync(executablePath)) throw new Error('Chromium is missing: apt-get install chromium');
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-e2e-'));
    refused = path.join(folder, 'page.txt');
    await writeFile(refused, '<!doctype html><script>1</script>');
    files = Object.fromEntries(
      await Promise.all(
        kinds.map(async ({ kind, format }) => [kind, (await makeFixture(format, folder)).path] as const),
      ),
    );
    server = await startServer();
    browser = await chromium.launch({ executablePath, args: flags });
    context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(server.url).origin) elsewhere.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const nameOf = (kind: string) => path.basename(files[kind] ?? '');
  const tile = (kind: string) =>
    page.getByRole('gridcell').getByRole('link', { name: new RegExp(`^${nameOf(kind)}`) });

  /** No violation of WCAG 2.2 AA in either theme. */
  async function expectAccessible(): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .exclude('iframe')
        .analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes
          .filter(({ html }) => !isPlayersOwnName(id, html))
          .map(({ html }) => `${colorScheme} ${id}: ${html}`),
      );
      expect(found).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  }

  it('says so when the password is wrong, and signs in when it is right', async () => {
    await page.goto(server.url);
    await page.getByLabel('Email').fill(server.owner.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    problems.length = 0; // the browser logs the 401 itself
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
    problems.length = 0; // the browser logs the 415 itself
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
    expect(problems).toEqual([]);
    expect(elsewhere).toEqual([]);
  });
});
