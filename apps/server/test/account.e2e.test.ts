import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { startMailServer, type TestMailServer } from './mail-server.ts';
import { signIn } from './people-requests.ts';
import { startServer, type TestServer, type TestUser } from './start-server.ts';

const shots = process.env['VITRINE_SHOTS'];
const newPassword = 'a quite different password';

describe('one’s own account in the dashboard', () => {
  let mails: TestMailServer;
  let server: TestServer;
  let ada: TestUser;
  let browser: DashboardPage;

  /** For looking at, where somebody asked for it: both themes, wide and narrow. */
  async function shoot(name: string): Promise<void> {
    if (!shots) return;
    for (const [width, height] of [
      [1280, 900],
      [390, 844],
    ] as const) {
      await browser.page.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await browser.page.emulateMedia({ colorScheme });
        await browser.page.screenshot({
          path: `${shots}/${name}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      }
    }
    await browser.page.setViewportSize({ width: 1280, height: 800 });
    await browser.page.emulateMedia({ colorScheme: 'light' });
  }

  beforeAll(async () => {
    mails = await startMailServer();
    server = await startServer(
      { VITRINE_SMTP_URL: mails.url, VITRINE_MAIL_FROM: 'vitrine@agency.example' },
      { background: true },
    );
    ada = await server.addUser('admin');
    browser = await openDashboard(server);
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await mails?.[Symbol.asyncDispose]();
  });

  it('who forgot their password has a link mailed, and chooses another at it', async () => {
    const { page } = browser;
    await page.goto(server.url);
    await page.getByLabel('Email').fill(ada.email);
    await shoot('sign-in');
    await page.getByRole('button', { name: 'Forgot password?' }).click();
    await browser.expectAccessible();
    expect(await page.getByLabel('Email').inputValue()).toBe(ada.email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText(`If ${ada.email} has an account`).waitFor();
    await browser.expectAccessible();
    await shoot('forgot');
    const link = /https?:\/\/\S+\/join#[\w-]{43}/.exec(await mails.next())?.[0] ?? '';
    await page.goto(link);
    await page.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.getByRole('button', { name: 'Save and sign in' }).click();
    await page.getByRole('button', { name: 'New client' }).first().waitFor();
    browser.problems.length = 0; // the browser logs the question whether somebody is signed in
  });

  it('they see where they are signed in, and sign out elsewhere', async () => {
    const { page } = browser;
    await signIn(server, ada.email, ada.password);
    await signIn(server, ada.email, ada.password);
    await page.getByRole('button', { name: 'Account of' }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await expect.poll(() => sessions.count()).toBe(3);
    await page.getByText('This browser').waitFor();
    await page.getByText('Chrome on Linux').waitFor();
    await browser.expectAccessible();
    await shoot('account');
    await page.getByRole('button', { name: 'Sign out Another program' }).first().click();
    await expect.poll(() => sessions.count()).toBe(2);
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await expect.poll(() => sessions.count()).toBe(1);
  });

  it('they add a passkey, sign in with it, and with nothing less than a finger, a face or a PIN', async () => {
    const { page, context } = browser;
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByText('You have none yet.').waitFor();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const passkeys = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem');
    await passkeys.getByText('Chrome on Linux').waitFor();
    await browser.expectAccessible();
    await shoot('passkeys');
    const leave = async () => {
      await page.getByRole('button', { name: 'Account of' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Use a passkey' }).waitFor();
    };
    await leave();
    await browser.expectAccessible();
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    // Even in a browser that was talked out of asking.
    const options = '**/generate-authenticate-options';
    await page.route(options, async (route) => {
      const answer = await route.fetch();
      const asked = z.looseObject({}).parse(await answer.json());
      await route.fulfill({ response: answer, json: { ...asked, userVerification: 'discouraged' } });
    });
    const refused = page.waitForResponse('**/verify-authentication');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    expect((await refused).status()).toBe(401);
    await page.getByRole('alert').waitFor();
    await page.unroute(options);
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('button', { name: 'New client' }).first().waitFor();
    await page.goto(`${server.url}/account`);
    await page.getByRole('button', { name: 'Remove Chrome on Linux' }).click();
    await page.getByText('You have none yet.').waitFor();
    await leave();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText('This passkey is not known here').waitFor();
    await devtools.detach();
    await browser.signIn(ada);
    await page.goto(`${server.url}/account`);
    browser.problems.length = 0; // the browser logs each refusal itself
    const actions = await server.composition.database.read((readers) =>
      readers.audit.list({ afterSeq: 0, limit: 1000 }),
    );
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['passkey.create', 'passkey.delete']),
    );
    expect(actions.map(({ action }) => action)).not.toContain('passkey.update');
  });

  it('they change their password with the old one', async () => {
    const { page } = browser;
    await page.getByLabel('Current password').fill('not this one');
    await page.getByLabel('New password').fill(newPassword);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('The current password is not right.').waitFor();
    await browser.expectAccessible();
    browser.problems.length = 0; // the browser logs the 400 itself
    await page.getByLabel('Current password').fill(ada.password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password was changed').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    expect((await signIn(server, ada.email, newPassword)).status).toBe(200);
    expect(browser.problems).toEqual([]);
    expect(browser.elsewhere).toEqual([]);
  });

  it('makes a key that is shown this once, may what was ticked, and is revoked', async () => {
    const { page } = browser;
    await server.create('/api/clients', { name: 'Northwind' });
    await page.goto(`${server.url}/account`);
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('What for').fill('Video pipeline');
    await page.getByRole('checkbox', { name: /Read clients/ }).check();
    await page.getByRole('checkbox', { name: 'Northwind' }).check();
    await browser.expectAccessible();
    await shoot('new-key');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = await page.getByRole('textbox', { name: 'Key' }).inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Video pipeline' });
    await row.getByText('Read assets, Read clients · 1 client').waitFor();
    expect(await page.content()).not.toContain(key);
    await browser.expectAccessible();
    await shoot('keys');
    const statusOf = async (address: string) => (await server.request(address, { key })).status;
    expect(await statusOf('/api/clients')).toBe(200);
    await row.getByRole('button', { name: 'Revoke Video pipeline' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'detached' });
    await expect.poll(() => statusOf('/api/clients'), { timeout: 3000 }).toBe(401);
    expect(browser.problems).toEqual([]);
  });

  it('why single sign-on led back is said in words', async () => {
    await using stranger = await openDashboard(server);
    await stranger.page.goto(`${server.url}/sign-in?error=not_invited`);
    await stranger.page.getByText('There is no account for you here yet').waitFor();
    await stranger.expectAccessible();
  });
});
