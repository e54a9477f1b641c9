import { readFile } from 'node:fs/promises';
import { unassignedClientId } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { inPage } from './in-page.ts';
import { keepApart } from './keep-apart.ts';
import { makeUnassigned } from './legacy/make-unassigned.ts';
import { smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

describe('the quarantine in the dashboard', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let page: Page;

  beforeAll(async () => {
    server = await startServer();
    await makeUnassigned(server);
    const northwind = await server.create('/api/clients', { name: 'Northwind Coffee' });
    const kept = { clientId: unassignedClientId, at: Date.UTC(2026, 3, 1) };
    const reason = 'No row of the old system refers to these bytes.';
    await keepApart(server, { ...kept, bytes: await smallPng(1), fileName: 'harbour.png', reason });
    const notes = { bytes: Buffer.from('MZ\x00\x01 no asset'), fileName: 'notes.exe' };
    await keepApart(server, { ...kept, ...notes, clientId: northwind });
    dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
    page = dashboard.page;
  });
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const giveTo = async (name: string) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Client' }).fill(name.slice(0, 5));
    await page.getByRole('option', { name }).click();
    await dialog.getByRole('button', { name: 'Give', exact: true }).click();
  };

  it('is found from what came without a client, and from the account’s menu', async () => {
    await page.goto(`${server.url}/clients/${unassignedClientId}`);
    await page.getByRole('link', { name: 'quarantine' }).click();
    await page.getByRole('heading', { name: 'Quarantine' }).waitFor();
    await page.goto(server.url);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Quarantine' }).click();
    await page.getByText('No row of the old system refers to these bytes.').waitFor();
    await page.getByText(/^Northwind Coffee · 13 B · /).waitFor();
    await dashboard.expectAccessible();
  });

  it('gives the bytes out under their name', async () => {
    const begun = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download notes.exe' }).click();
    const download = await begun;
    expect(download.suggestedFilename()).toBe('notes.exe');
    expect(await readFile(await download.path(), 'latin1')).toBe('MZ\x00\x01 no asset');
  });

  it('makes a client’s asset of a picture, and says of a program that it is none', async () => {
    await page.getByRole('button', { name: 'Give to a client: harbour.png' }).click();
    await dashboard.expectAccessible();
    await giveTo('Northwind Coffee');
    await page.getByText('“harbour.png” is an asset of Northwind Coffee now.').waitFor();
    await page.getByText('No row of the old system').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Give to a client: notes.exe' }).click();
    await giveTo('Northwind Coffee');
    await page.getByRole('dialog').getByRole('alert').getByText('This is a Windows program').waitFor();
    await dashboard.expectAccessible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Give to a client: notes.exe' }).waitFor();
    expect(await server.leftovers()).toMatchObject({ assets: 1 });
    // The browser logs the refusal.
    dashboard.problems.length = 0;
  });

  it('deletes a file for good after a question, also at 390 pixels', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole('button', { name: 'Give to a client: notes.exe' }).waitFor();
    const [scrollWidth, clientWidth] = await page.evaluate<[number, number]>(inPage.widths);
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: 'Delete notes.exe for good' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText(/It cannot be brought back/).waitFor();
    await dashboard.expectAccessible();
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('Nothing is in quarantine').waitFor();
    expect(dashboard.problems).toEqual([]);
    expect(dashboard.elsewhere).toEqual([]);
  });
});
