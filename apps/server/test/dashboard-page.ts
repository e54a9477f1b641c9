import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { inPage } from './in-page.ts';
import type { TestServer, TestUser } from './start-server.ts';

const executablePath = '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * The player's controls show a time or a rate and are named for what they do ("playback rate 1"). The rule that minds is one
 * that axe itself calls experimental; for everything of ours it holds.
 */
function isPlayersOwnName(rule: string, html: string): boolean {
  return rule === 'label-content-name-mismatch' && html.startsWith('<media-');
}

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .exclude('iframe')
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.filter(({ html }) => !isPlayersOwnName(id, html)).map(({ html }) => `${id}: ${html}`),
  );
}

/** The dashboard in a browser of its own. */
export interface DashboardPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained about; a test empties it of what it provoked. */
  readonly problems: string[];
  /** Requests that went to another host. */
  readonly elsewhere: readonly string[];
  signIn(user: TestUser): Promise<void>;
  /** No violation of WCAG 2.2 AA in either theme. */
  expectAccessible(): Promise<void>;
}

export async function openDashboard(
  server: TestServer,
  options: BrowserContextOptions = {},
): Promise<DashboardPage> {
  if (!existsSync(executablePath)) throw new Error('Chromium is missing: apt-get install chromium');
  const browser = await chromium.launch({ executablePath, args: flags });
  const context = await browser.newContext({
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  const elsewhere: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(server.url).origin) elsewhere.push(request.url());
  });
  return {
    page,
    context,
    problems,
    elsewhere,
    async signIn({ email, password }) {
      await page.goto(server.url);
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'New client' }).first().waitFor();
      // The browser logs the question whether somebody is signed in, whose answer was no.
      problems.length = 0;
    },
    async expectAccessible() {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        // Colours of another theme fade in for a moment; on a busy machine that lasts as long as one look.
        await expect.poll(() => page.evaluate(inPage.hasSettled), { timeout: 10_000 }).toBe(true);
        await expect.poll(() => violationsOn(page), { timeout: 5000, interval: 250 }).toEqual([]);
      }
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
    },
  };
}
