import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { freePort, startOidcProvider, type TestOidcProvider } from './oidc-provider.ts';
import { accountOf, invite, send } from './people-requests.ts';
import { openSmallBrowser, type SmallBrowser } from './small-browser.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const person = (name: string, email: string, email_verified = true) => ({
  sub: `sub-${name.toLowerCase()}`,
  name,
  email,
  email_verified,
});
const people = [
  person('Ada', 'Member-2@vitrine.example'),
  person('Bea', 'bea@vitrine.example'),
  person('Cyd', 'cyd@vitrine.example'),
  person('Dot', 'dot@agency.example'),
  person('Eve', 'owner-1@vitrine.example', false),
  person('Fay', 'fay@agency.example', false),
];

describe('single sign-on', () => {
  let provider: TestOidcProvider;
  let server: TestServer;

  beforeAll(async () => {
    // The provider advises against what suits a test.
    for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {});
    const port = await freePort();
    provider = await startOidcProvider(`http://localhost:${port}`, people);
    server = await startServer({
      ...provider.settings,
      VITRINE_PORT: String(port),
      VITRINE_OIDC_DOMAINS: 'agency.example, studio.example',
    });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await server?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  /** Asks Vitrine to be sent to the provider, as the button does. */
  async function begin(browser: SmallBrowser): Promise<string> {
    const { headers, ...init } = jsonRequest('POST', {
      provider: 'sso',
      callbackURL: '/somewhere',
      errorCallbackURL: '/sign-in',
    });
    const sent = { ...headers, origin: server.url };
    const { text } = await browser.visit(`${server.url}/api/auth/sign-in/social`, { ...init, headers: sent });
    return z.object({ url: z.url() }).parse(JSON.parse(text)).url;
  }
  const submit = (
    browser: SmallBrowser,
    page: { url: URL; text: string },
    fields: Record<string, string>,
  ) => {
    const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1] ?? '';
    return browser.visit(new URL(action, page.url).href, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
  };
  /** The whole way, as that person; answers where it ends. */
  async function signInAs(sub: string, browser = openSmallBrowser()): Promise<URL> {
    const login = await browser.visit(await begin(browser));
    const consent = await submit(browser, login, { prompt: 'login', login: sub, password: 'any' });
    return (await submit(browser, consent, { prompt: 'consent' })).url;
  }
  async function selfOf(browser: SmallBrowser): Promise<object> {
    const { text } = await browser.visit(`${server.url}/api/v2/self`);
    return z.object({ email: z.string().optional(), role: z.string().optional() }).parse(JSON.parse(text));
  }
  const refusalOf = async (sub: string) => {
    const browser = openSmallBrowser();
    const { pathname, searchParams } = await signInAs(sub, browser);
    expect(await selfOf(browser)).not.toHaveProperty('role');
    return `${pathname}?${searchParams.get('error')}`;
  };

  it('is offered by the name that the settings give it', async () => {
    const answer = await fetch(`${server.url}/trpc/system.signInWays`);
    expect(await answer.json()).toEqual({
      result: { data: { forgot: false, sso: { name: 'Agency Login' } } },
    });
  });

  it('brings whoever has an account in, where they wanted to go, again and again as the same', async () => {
    const ada = await server.addUser('member');
    expect(ada.email).toBe('member-2@vitrine.example');
    for (let round = 0; round < 2; round += 1) {
      const browser = openSmallBrowser();
      expect((await signInAs('sub-ada', browser)).pathname).toBe('/somewhere');
      expect(await selfOf(browser)).toMatchObject({ email: ada.email, role: 'member' });
    }
  });

  it('makes whoever was invited what they were invited as, once', async () => {
    await invite(server, 'bea@vitrine.example', 'admin');
    const browser = openSmallBrowser();
    expect((await signInAs('sub-bea', browser)).pathname).toBe('/somewhere');
    expect(await selfOf(browser)).toMatchObject({ role: 'admin' });
    expect(await accountOf(server, 'bea@vitrine.example')).toMatchObject({ name: 'Bea', role: 'admin' });
  });

  it('makes whoever is of a domain that was named a member, and keeps out everybody else', async () => {
    const browser = openSmallBrowser();
    await signInAs('sub-dot', browser);
    expect(await selfOf(browser)).toMatchObject({ email: 'dot@agency.example', role: 'member' });
    expect(await refusalOf('sub-cyd')).toBe('/sign-in?not_invited');
  });

  it('believes no e-mail address that the provider has not verified, not even an owner’s', async () => {
    expect(await refusalOf('sub-eve')).toMatch(/^\/sign-in\?(email_not_verified|account_not_linked)$/);
    expect(await refusalOf('sub-fay')).toBe('/sign-in?email_not_verified');
  });

  it('lets nobody in who is disabled', async () => {
    const { id } = await accountOf(server, 'dot@agency.example');
    await send(server, `/api/accounts/${id}/disabled`, { disabled: true });
    expect(await refusalOf('sub-dot')).toBe('/sign-in?account_disabled');
  });

  it('takes no answer that it did not ask for, nor one twice', async () => {
    const browser = openSmallBrowser();
    const login = await browser.visit(await begin(browser));
    const other = openSmallBrowser();
    const forged = `${server.url}/api/auth/callback/sso?code=x&state=${'y'.repeat(32)}`;
    expect((await other.visit(forged)).url.searchParams.get('error')).toBeTruthy();
    // Another's answer, planted in this browser: the state is bound to the browser that began.
    const state = new URL(await begin(browser)).searchParams.get('state');
    const planted = await other.visit(`${server.url}/api/auth/callback/sso?code=x&state=${state}`);
    expect(planted.url.searchParams.get('error')).toBeTruthy();
    expect(login.text).toContain('form');
    expect(other.cookiesFor(server.url)).not.toContain('session_token');
  });

  it('sends nobody to another site afterwards', async () => {
    const { headers, ...init } = jsonRequest('POST', {
      provider: 'sso',
      callbackURL: 'https://evil.example/',
    });
    const answer = await fetch(`${server.url}/api/auth/sign-in/social`, {
      ...init,
      headers: { ...headers, origin: server.url },
    });
    expect(answer.status).toBe(403);
  });

  it('keeps nothing with which the provider could be asked in somebody’s name', async () => {
    const { default: Sqlite } = await import('better-sqlite3');
    const database = new Sqlite(`${server.dataDir}/vitrine.sqlite`, { readonly: true });
    const rows = z
      .array(z.object({ access_token: z.null(), refresh_token: z.null(), id_token: z.null() }))
      .parse(database.prepare("select * from accounts where provider_id = 'sso'").all());
    database.close();
    expect(rows).toHaveLength(3);
  });

  it('is off, and passwords still work, when its provider does not answer', async () => {
    await using lonely = await startServer({
      ...provider.settings,
      VITRINE_OIDC_ISSUER: `http://localhost:${await freePort()}`,
    });
    const answer = await fetch(`${lonely.url}/trpc/system.signInWays`);
    expect(await answer.json()).toMatchObject({ result: { data: { sso: null } } });
    expect((await lonely.request('/api/v2/self')).status).toBe(200);
  });
});
