import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { startServer, type TestServer } from './start-server.ts';

describe('people in the dashboard', () => {
  let server: TestServer;
  let owner: DashboardPage;
  let link: string;

  beforeAll(async () => {
    server = await startServer();
    owner = await openDashboard(server);
    await owner.signIn(server.owner);
  });
  afterAll(async () => {
    await owner?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  it('an owner invites somebody and gets a link to hand on', async () => {
    const { page } = owner;
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByText(server.owner.email).first().waitFor();
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Email').fill('ada@vitrine.example');
    await owner.expectAccessible();
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const field = page.getByLabel('Link', { exact: true });
    await field.waitFor();
    link = await field.inputValue();
    expect(link).toContain(`${server.url}/join#`);
    await owner.expectAccessible();
    await page.getByRole('button', { name: 'Done' }).click();
  });

  it('who opens it chooses a name and a password, and is signed in', async () => {
    await using invited = await openDashboard(server);
    const { page } = invited;
    await page.goto(link);
    await page.getByText('For ada@vitrine.example').waitFor();
    await invited.expectAccessible();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page
      .getByText(/at least 10 characters/)
      .last()
      .waitFor();
    invited.problems.length = 0; // the browser logs the 400 itself
    await page.getByLabel('Password', { exact: true }).fill('a long enough password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('button', { name: 'New client' }).first().waitFor();
    await page.getByText('Ada').first().waitFor();
    // A member runs nothing: nobody offers them that.
    expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0);
  });

  it('the link works once', async () => {
    await using late = await openDashboard(server);
    await late.page.goto(link);
    await late.page.getByText('This link does not work any more').waitFor();
    await late.expectAccessible();
  });

  it('an invitation that nobody took up yet is listed, and can be withdrawn', async () => {
    const { page } = owner;
    await page.reload();
    await page.getByText('Ada').first().waitFor();
    expect(await page.getByText('ada@vitrine.example').count()).toBe(1);
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Email').fill('wrong@vitrine.example');
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const field = page.getByLabel('Link', { exact: true });
    await field.waitFor();
    const wrong = await field.inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Invited' }).waitFor();
    await owner.expectAccessible();
    await page.getByRole('button', { name: 'Withdraw the invitation of wrong@vitrine.example' }).click();
    await page.getByRole('heading', { name: 'Invited' }).waitFor({ state: 'detached' });
    await using late = await openDashboard(server);
    await late.page.goto(wrong);
    await late.page.getByText('This link does not work any more').waitFor();
  });

  it('who is disabled is out', async () => {
    const { page } = owner;
    await page.reload();
    await page.getByRole('button', { name: 'Actions for Ada' }).click();
    await page.getByRole('menuitem', { name: 'Disable account' }).click();
    await page.getByText('Disabled', { exact: true }).waitFor();
    await owner.expectAccessible();
    expect(owner.problems).toEqual([]);
  });
});
