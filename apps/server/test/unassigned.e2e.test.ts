import { unassignedClientId } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { inPage } from './in-page.ts';
import { makeUnassigned } from './legacy/make-unassigned.ts';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

describe('assets that came without a client, in the dashboard', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let page: Page;

  beforeAll(async () => {
    server = await startServer();
    await makeUnassigned(server);
    const clientId = await server.create('/api/clients', { name: 'Northwind Coffee' });
    await server.create('/api/clients', { name: 'Southwind Tea' });
    await server.create('/api/campaigns', { clientId, name: 'Winter' });
    for (let seed = 1; seed <= 8; seed += 1) await upload(seed);
    dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
    page = dashboard.page;
    await page.goto(`${server.url}/clients/${unassignedClientId}`);
  });
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  async function upload(seed: number): Promise<void> {
    const parts = [
      { name: 'clientId', value: unassignedClientId },
      { name: 'file', value: await smallPng(seed, 320, 240), fileName: `picture ${seed}.png` },
    ];
    await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  }
  const box = (number: number) =>
    page.getByRole('checkbox', { name: new RegExp(`^picture ${number}\\.png`) });
  const expectSelected = (text: string) =>
    page.getByRole('region', { name: 'Selection' }).getByText(text, { exact: true }).waitFor();

  const chooseClient = async (name: string) => {
    await page.getByRole('button', { name: /Client$/ }).click();
    await page.getByRole('option', { name }).click();
  };

  it('tiles are chosen with the mouse: one by one, as a range in the order of the results, all of them', async () => {
    await page.getByText('These belonged to no client').waitFor();
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    // Newest first: 8, 7, 6 and so on.
    await page.getByText('picture 7.png').click();
    await page.getByText('picture 4.png').click({ modifiers: ['Shift'] });
    await expectSelected('4 assets selected');
    await box(6).click();
    await expectSelected('3 assets selected');
    await dashboard.expectAccessible();
    const { width = 0, height = 0 } = (await box(6).boundingBox()) ?? {};
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    await page.getByRole('button', { name: 'Select all 8' }).click();
    await expectSelected('8 assets selected');
    await page.keyboard.press('Escape');
    await page.getByRole('gridcell').getByRole('link').first().waitFor();
    expect(await page.getByRole('region', { name: 'Selection' }).count()).toBe(0);
  });

  it('two are given to a campaign of a client without a mouse, and the grid and the figures know it', async () => {
    await page.getByRole('button', { name: 'Select', exact: true }).focus();
    await page.keyboard.press('Enter');
    await box(8).focus();
    await page.keyboard.press('Space');
    await expectSelected('1 asset selected');
    await page.keyboard.press('Shift+ArrowRight');
    await expectSelected('2 assets selected');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowLeft');
    await expectSelected('2 assets selected');
    await page.getByRole('button', { name: 'Give to a client…' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Give 2 assets to a client' });
    await dialog.waitFor();
    expect(await page.getByRole('option', { name: 'Unassigned' }).count()).toBe(0);
    await page.keyboard.type('north');
    await page.getByRole('option', { name: 'Northwind Coffee' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dashboard.expectAccessible();
    await dialog.getByRole('button', { name: /Campaign/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Winter' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Give', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('2 assets given to Northwind Coffee.').waitFor();
    await page.getByText('picture 8.png').waitFor({ state: 'detached' });
    await page.getByText(/^6 assets · /).waitFor();
    await expectSelected('0 assets selected');
    await page.keyboard.press('Escape');
  });

  it('what somebody else gave away meanwhile is passed over, and the reason is said', async () => {
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await box(6).click();
    await box(5).click();
    await page.getByRole('button', { name: 'Give to a client…' }).click();
    await chooseClient('Southwind Tea');
    // The browser does not hear of it.
    server.sql(`UPDATE assets SET trashed_at = 1 WHERE name = 'picture 5.png'`);
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page
      .getByText('1 asset given to Southwind Tea. 1 asset left as it was: 1 not there any more.')
      .waitFor();
    server.sql(`UPDATE assets SET trashed_at = NULL WHERE name = 'picture 5.png'`);
  });

  it('at 390 pixels everything fits, and the last ones leave a word behind', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByRole('button', { name: 'Select all 5' }).click();
    const [scrollWidth, clientWidth] = await page.evaluate<[number, number]>(inPage.widths);
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: 'Give to a client…' }).click();
    await chooseClient('Southwind Tea');
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByText('5 assets given to Southwind Tea.').waitFor();
    await page.getByText('Everything has a client').waitFor();
    await dashboard.expectAccessible();
  });

  it('all of them are all results, also those that have not been fetched yet', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, number) => upload(100 + number)));
    await page.setViewportSize({ width: 1280, height: 800 });
    // Pages of ten: the grid fetches no more than it shows.
    await page.route('**/trpc/**', (route) =>
      route.continue({ url: route.request().url().replace('%22limit%22%3A100', '%22limit%22%3A10') }),
    );
    await page.reload();
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByRole('button', { name: 'Select all 60' }).click();
    await expectSelected('60 assets selected');
    await page.getByRole('button', { name: 'Give to a client…' }).click();
    await chooseClient('Southwind Tea');
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByText('60 assets given to Southwind Tea.').waitFor();
    await page.getByText('Everything has a client').waitFor();
    expect(dashboard.problems).toEqual([]);
    expect(dashboard.elsewhere).toEqual([]);
  });

  it('a member is offered the clients that they may upload to, and no quarantine', async () => {
    const member = await server.addUser('member');
    const clients = z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse(await (await server.request('/api/clients')).json());
    const roles = { Unassigned: 'manager', 'Northwind Coffee': 'viewer', 'Southwind Tea': 'contributor' };
    for (const [name, role] of Object.entries(roles)) {
      const clientId = clients.find((client) => client.name === name)?.id;
      const grant = { kind: 'client', clientId, userId: member.id, role };
      expect((await server.request('/api/grants', jsonRequest('POST', grant))).status).toBe(200);
    }
    await upload(200);
    await using other = await openDashboard(server);
    await other.signIn(member);
    await other.page.goto(`${server.url}/clients/${unassignedClientId}`);
    await other.page.getByRole('button', { name: 'Select', exact: true }).click();
    expect(await other.page.getByRole('link', { name: 'quarantine' }).count()).toBe(0);
    await other.page.getByRole('checkbox').first().click();
    await other.page.getByRole('button', { name: 'Give to a client…' }).click();
    await other.page.getByRole('button', { name: /Client$/ }).click();
    await other.page.getByRole('option').first().waitFor();
    expect(await other.page.getByRole('option').allInnerTexts()).toEqual([
      expect.stringContaining('Southwind Tea'),
    ]);
    await other.page.getByRole('option').click();
    await other.page.getByRole('button', { name: 'Give', exact: true }).click();
    await other.page.getByText('1 asset given to Southwind Tea.').waitFor();
    await other.page.goto(`${server.url}/quarantine`);
    await other.page
      .getByText(/may not|not allowed|owners and admins/i)
      .first()
      .waitFor();
  });
});
