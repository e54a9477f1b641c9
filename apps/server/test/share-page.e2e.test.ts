import { assetSchema, issuedShareSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

describe('the page of a share link', () => {
  let server: TestServer;
  let visitor: DashboardPage;
  let clientId: string;
  const ids: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    const brandGuidelines = { colors: ['#0F4C81', '#F4B942'], fonts: [], styleKeywords: [] };
    clientId = await server.create('/api/clients', { name: 'Northwind Coffee', brandGuidelines });
    for (const name of ['harbour', 'lighthouse', 'pier']) {
      const tags = name === 'pier' ? '["brand_logo"]' : '[]';
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'tags', value: tags },
        { name: 'file', value: await smallPng(ids.length + 1, 640, 400), fileName: `${name}.png` },
      ];
      const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
      ids.push(assetSchema.parse(await answer.json()).id);
    }
    visitor = await openDashboard(server);
  });
  afterAll(async () => {
    await visitor?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  async function share(settings: object = {}) {
    const body = { name: 'Summer launch', target: { kind: 'assets', assetIds: ids }, ...settings };
    const answer = await server.request('/api/shares', jsonRequest('POST', body));
    const [link] = z.array(issuedShareSchema).parse(await answer.json());
    if (!link) throw new Error('There is no link.');
    return link;
  }

  it('shows what is shared to somebody without an account, looks closer, and saves', async () => {
    const { page } = visitor;
    const link = await share();
    await page.goto(link.url);
    await page.getByRole('heading', { name: 'Summer launch' }).waitFor();
    await page.getByText('Northwind Coffee').waitFor();
    await page.getByRole('img', { name: 'Northwind Coffee' }).waitFor();
    await visitor.expectAccessible();

    const tile = page.getByRole('button', { name: 'Look at lighthouse.png' });
    await tile.focus();
    await page.keyboard.press('Enter');
    const look = page.getByRole('dialog');
    await look.getByText('2 of 3').waitFor();
    await look.getByRole('img', { name: 'lighthouse.png' }).waitFor();
    await visitor.expectAccessible();
    await page.keyboard.press('ArrowRight');
    await look.getByText('3 of 3').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await look.getByText('2 of 3').waitFor();
    await page.keyboard.press('Escape');
    await look.waitFor({ state: 'hidden' });
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Look at lighthouse.png');

    for (const name of ['Download all', 'Download pier.png']) {
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name }).click();
      const saved = await download;
      expect(await saved.failure(), name).toBeNull();
      expect(saved.suggestedFilename()).toBe(name === 'Download all' ? 'Summer launch.zip' : 'pier.png');
    }
    expect(visitor.problems).toEqual([]);
    expect(visitor.elsewhere).toEqual([]);
  });

  it('asks for the password first, and says nothing else', async () => {
    const { page } = visitor;
    const link = await share({ password: 'open sesame', downloads: false });
    await page.goto(link.url);
    await page.getByLabel('Password').fill('wrong one');
    await visitor.expectAccessible();
    expect(await page.getByText('Northwind').count()).toBe(0);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('not the password').waitFor();
    // The browser tells of the refusal in its own words.
    visitor.problems.length = 0;
    await page.getByLabel('Password').fill('open sesame');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { name: 'Summer launch' }).waitFor();
    expect(await page.getByRole('link', { name: /Download/ }).count()).toBe(0);
    expect(visitor.problems).toEqual([]);
  });

  it('is made in the dashboard, a link for each recipient, and ended there', async () => {
    await using dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
    const { page } = dashboard;
    await page.goto(`${server.url}/assets/${ids[0]}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Share…' }).click();
    await page.getByLabel('Title').fill('One picture');
    await page.getByLabel('Recipients').fill('Ana, Ben');
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const url = await page.getByRole('textbox', { name: 'Link for Ben' }).inputValue();
    await dashboard.expectAccessible();
    await page.getByRole('button', { name: 'Done' }).click();

    await visitor.page.goto(url);
    await visitor.page.getByRole('heading', { name: 'One picture' }).waitFor();
    await page.goto(`${server.url}/clients/${clientId}`);
    await page.getByRole('button', { name: 'Client actions' }).click();
    await page.getByRole('menuitem', { name: 'Share links' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'For Ben' });
    await row.getByText('Opened 1 time').waitFor();
    await row.getByText('Opened 1 time').waitFor();
    await dashboard.expectAccessible();
    await row.getByRole('button', { name: 'Revoke One picture' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('Revoked', { exact: true }).waitFor();
    expect(dashboard.problems).toEqual([]);
    await visitor.page.reload();
    await visitor.page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    visitor.problems.length = 0;
  });

  it('fits a phone, and says when a link is over', async () => {
    const { page } = visitor;
    const link = await share();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(link.url);
    await page.getByRole('button', { name: 'Look at pier.png' }).waitFor();
    expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBeLessThanOrEqual(390);
    await server.request(`/api/shares/${link.id}`, { method: 'DELETE' });
    await page.reload();
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await visitor.expectAccessible();
  });
});
