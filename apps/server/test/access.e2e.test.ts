import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

describe('access in the dashboard', () => {
  let server: TestServer;
  let manager: DashboardPage;
  let member: TestUser;
  let clientId: string;

  beforeAll(async () => {
    server = await startServer();
    member = await server.addUser('member');
    clientId = await server.create('/api/clients', { name: 'Northwind Coffee' });
    await server.create('/api/clients', { name: 'Somebody else' });
    await server.create('/api/campaigns', { clientId, name: 'Winter' });
    for (const [seed, name] of ['harbour.png', 'lighthouse.png'].entries()) {
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'tags', value: JSON.stringify(seed === 0 ? ['boats'] : ['tower', 'brand_logo']) },
        { name: 'file', value: await smallPng(seed, 320, 200), fileName: name },
      ];
      await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    }
    manager = await openDashboard(server);
    await manager.signIn(server.owner);
  });
  afterAll(async () => {
    await manager?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const tiles = (at: DashboardPage) => at.page.getByRole('gridcell');

  it('lets a manager open a client to a member, as a viewer', async () => {
    const { page } = manager;
    await page.goto(`${server.url}/clients/${clientId}`);
    await page.getByRole('button', { name: 'Client actions' }).click();
    await page.getByRole('menuitem', { name: 'People' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText(member.email).waitFor();
    await manager.expectAccessible();
    await page.keyboard.press('Escape');
  });

  it('shows the viewer that client alone, and offers nothing that a viewer may not do', async () => {
    await using viewer = await openDashboard(server);
    await viewer.signIn(member);
    const { page } = viewer;
    await page
      .getByRole('navigation', { name: 'Library' })
      .getByRole('link', { name: 'Northwind Coffee' })
      .click();
    await tiles(viewer).nth(1).waitFor();
    expect(await page.getByText('Somebody else').count()).toBe(0);
    for (const name of ['Upload', 'New campaign', 'Client actions']) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0);
    }
    await page.getByRole('link', { name: /^lighthouse/ }).click();
    await page.getByRole('heading', { level: 1, name: 'lighthouse.png' }).waitFor();
    await page.getByText('tower').waitFor();
    expect(await page.getByRole('button', { name: 'Remove tag tower' }).count()).toBe(0);
    await viewer.expectAccessible();
    expect(viewer.problems).toEqual([]);
  });

  it('hides an asset, which the viewer’s open grid and search then have no more', async () => {
    await using viewer = await openDashboard(server);
    await viewer.signIn(member);
    await viewer.page.goto(`${server.url}/clients/${clientId}`);
    await tiles(viewer).nth(1).waitFor();

    const { page } = manager;
    await page.goto(`${server.url}/clients/${clientId}`);
    await page.getByRole('link', { name: /^lighthouse/ }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Who sees it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Managers', { exact: true }).click();
    await manager.expectAccessible();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Hidden: only managers see it.').waitFor();
    await manager.expectAccessible();

    await viewer.page.reload();
    await expect.poll(() => tiles(viewer).count()).toBe(1);
    await viewer.page.goto(`${server.url}/search?q=tower`);
    await viewer.page.getByText('Nothing found').waitFor();
    expect(manager.problems).toEqual([]);
  });

  it('lets a contributor upload, and see what they uploaded', async () => {
    const grant = { kind: 'client', clientId, userId: member.id, role: 'contributor' };
    await server.request('/api/grants', jsonRequest('POST', grant));
    await using contributor = await openDashboard(server);
    await contributor.signIn(member);
    const { page } = contributor;
    await page.goto(`${server.url}/clients/${clientId}`);
    await page.getByRole('button', { name: 'Upload' }).waitFor();
    expect(await tiles(contributor).count()).toBe(0);
    const buffer = await smallPng(9, 64, 48);
    await page
      .getByLabel('Choose files')
      .first()
      .setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer });
    await page.getByRole('link', { name: /^mine/ }).waitFor({ timeout: 20_000 });
    await expect.poll(() => tiles(contributor).count()).toBe(1);
  });
});

describe('the search page', () => {
  let server: TestServer;
  let dashboard: DashboardPage;

  beforeAll(async () => {
    server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind Coffee' });
    for (const [seed, [name, tag]] of [
      ['harbour.png', 'boats'],
      ['boat at dawn.png', 'dawn'],
      ['mountain.png', 'dawn'],
    ].entries()) {
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'tags', value: JSON.stringify([tag]) },
        { name: 'file', value: await smallPng(seed, 320, 200), fileName: name ?? '' },
      ];
      await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    }
    dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
  });
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const tiles = () => dashboard.page.getByRole('gridcell');

  it('opens with Ctrl+K, and finds in names and tags while one types', async () => {
    const { page } = dashboard;
    await page.keyboard.press('Control+k');
    await tiles().nth(2).waitFor();
    await page.keyboard.type('boat');
    await expect.poll(() => tiles().count()).toBe(2);
    await dashboard.expectAccessible();
  });

  it('narrows down by a facet, whose term stands in the field and in the address', async () => {
    const { page } = dashboard;
    await page.getByRole('searchbox').fill('');
    const facets = page.getByRole('complementary', { name: 'Narrow down' });
    await facets.getByRole('button', { name: /dawn/ }).click();
    await expect.poll(() => tiles().count()).toBe(2);
    expect(await page.getByRole('searchbox').inputValue()).toBe('tag:dawn');
    expect(new URL(page.url()).searchParams.get('q')).toBe('tag:dawn');
    await page.goBack();
    await page.goForward();
    expect(await page.getByRole('searchbox').inputValue()).toBe('tag:dawn');
  });

  it('comes back to the same place from an asset', async () => {
    const { page } = dashboard;
    await page.getByRole('link', { name: /^mountain/ }).click();
    await page.getByRole('heading', { level: 1, name: 'mountain.png' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => tiles().count()).toBe(2);
    expect(new URL(page.url()).searchParams.get('q')).toBe('tag:dawn');
  });

  it('says so when nothing is found, and offers to begin again', async () => {
    const { page } = dashboard;
    await page.getByRole('searchbox').fill('nowhere');
    await page.getByText('Nothing found').waitFor();
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await expect.poll(() => tiles().count()).toBe(3);
    expect(dashboard.problems).toEqual([]);
  });
});
