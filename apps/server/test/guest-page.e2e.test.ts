import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

describe('files from people without an account', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let guest: DashboardPage;
  let clientId: string;
  let campaignId: string;
  let url: string;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind Coffee' });
    campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    [dashboard, guest] = await Promise.all([openDashboard(server), openDashboard(server)]);
    await dashboard.signIn(server.owner);
  });
  afterAll(async () => {
    await guest?.[Symbol.asyncDispose]();
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  it('are asked for with a link that is made at a campaign', async () => {
    const { page } = dashboard;
    await page.goto(`${server.url}/clients/${clientId}/campaigns/${campaignId}`);
    await page.getByRole('button', { name: 'Ask for files' }).click();
    await page.getByLabel('Message').fill('Please send us the photographs of the opening.');
    await page.getByLabel('Password').fill('open sesame');
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: 'Make a link' }).click();
    url = await page.getByRole('textbox', { name: 'Link' }).inputValue();
    expect(url).toMatch(new RegExp(`^${server.url}/u/[\\w-]{43}$`));
    await page.getByRole('button', { name: 'Done' }).click();
  });

  it('are sent with a name, one by one, each with what became of it', async () => {
    const { page } = guest;
    await page.goto(url);
    await page.getByLabel('Password').fill('open sesame');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('Please send us the photographs of the opening.').waitFor();
    await guest.expectAccessible();
    const files = [
      { name: 'opening.png', mimeType: 'image/png', buffer: await smallPng(1, 200, 100) },
      {
        name: 'programme.exe',
        mimeType: 'image/png',
        buffer: Buffer.from('7f454c4602010100000000000000000003003e00', 'hex'),
      },
    ];
    await page.getByLabel('Files', { exact: true }).setInputFiles(files);
    await page.getByText('Say who you are first').waitFor();
    await page.getByLabel('Your name').fill('Ana Maria');
    await page.getByLabel('Files', { exact: true }).setInputFiles(files);
    const list = page.getByRole('list', { name: 'Your files' });
    await list.getByText('Arrived').waitFor();
    await page.getByRole('button', { name: 'Try programme.exe again' }).waitFor();
    // The browser tells of the refusal in its own words.
    guest.problems.length = 0;
    await guest.expectAccessible();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBeLessThanOrEqual(390);
    expect(guest.problems).toEqual([]);
    expect(await server.leftovers()).toMatchObject({ assets: 0 });
  });

  it('wait until somebody accepts them, and are then assets of the campaign', async () => {
    const { page } = dashboard;
    await page.goto(`${server.url}/clients/${clientId}`);
    await page.getByRole('button', { name: 'Client actions' }).click();
    await page.getByRole('menuitem', { name: 'Sent by guests' }).click();
    await page.getByText('From Ana Maria').waitFor();
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: 'Accept opening.png' }).click();
    await page.getByText('Nothing is waiting').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${server.url}/clients/${clientId}/campaigns/${campaignId}`);
    await page.getByRole('gridcell').getByRole('link').waitFor();
    expect(await server.leftovers()).toMatchObject({ assets: 1 });
    expect(dashboard.problems).toEqual([]);
  });
});
