import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { assetSchema } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { formOf, smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

describe('versions and the trash in the dashboard', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let page: Page;
  let folder: string;
  let clientId: string;
  let assetId: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-e2e-'));
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind Coffee' });
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'file', value: await smallPng(1, 320, 200), fileName: 'harbour.png' },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    assetId = assetSchema.parse(await answer.json()).id;
    dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
    page = dashboard.page;
  });
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const menu = async (item: string) => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  it('a new version is uploaded, and the first one comes back as the third', async () => {
    const file = path.join(folder, 'harbour at night.png');
    await writeFile(file, await smallPng(2, 400, 300));
    await page.goto(`${server.url}/assets/${assetId}`);
    await page.getByText('Version 1').waitFor();
    const chosen = page.waitForEvent('filechooser');
    await menu('Upload a new version');
    await (await chosen).setFiles(file);
    await page.getByText('Version 2').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Make version 1 current again' }).click();
    await page.getByText('Version 3', { exact: true }).waitFor();
    await page.getByText('Version 1 again').waitFor();
    await dashboard.expectAccessible();
  });

  it('what happened is told, of the asset, of its client and of the installation', async () => {
    await menu('Activity');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('uploaded a new version').first().waitFor();
    await dialog.getByText('uploaded it').waitFor();
    await dashboard.expectAccessible();
    await page.keyboard.press('Escape');
    await page.goto(`${server.url}/clients/${clientId}`);
    await page.getByRole('button', { name: 'Client actions' }).click();
    await page.getByRole('menuitem', { name: 'Activity' }).click();
    await dialog.getByText('made the client').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByText('made an API key').waitFor();
    await dashboard.expectAccessible();
    await page.goto(`${server.url}/assets/${assetId}`);
  });

  /** The answer comes after the news of it: the browser is told of the change first. */
  const answerTrashingLate = () =>
    page.route('**/trpc/asset.trash*', async (route) => {
      const answer = await route.fetch();
      await setTimeout(1000);
      await route.fulfill({ response: answer });
    });

  it('an asset goes to the trash after a question, and is back with one click', async () => {
    await answerTrashingLate();
    await menu('Move to trash');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('“harbour.png” is back in the library.').waitFor();
    await page.getByRole('gridcell').getByRole('link').waitFor();
    expect(dashboard.problems).toEqual([]);
  });

  it('the trash lists it, with when it goes, and restores or deletes it for good', async () => {
    await page.getByRole('gridcell').getByRole('link').click();
    await menu('Move to trash');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click();
    await page.getByRole('link', { name: 'Trash', exact: true }).click();
    await page.getByText(/Kept until/).waitFor();
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: 'Restore harbour.png' }).click();
    await page.getByText('The trash is empty').waitFor();
    await server.request(`/api/v2/assets/${assetId}`, { method: 'DELETE' });
    await page.reload();
    await page.getByRole('button', { name: 'Delete harbour.png for good' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText(/cannot be brought back/).waitFor();
    await dashboard.expectAccessible();
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('The trash is empty').waitFor();
    expect(await server.leftovers()).toMatchObject({ assets: 0 });
    expect(dashboard.problems).toEqual([]);
  });
});
