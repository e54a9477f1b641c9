import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDashboard } from './dashboard-page.ts';
import { freePort, startOidcProvider, type TestOidcProvider } from './oidc-provider.ts';
import { startServer, type TestServer } from './start-server.ts';

let provider: TestOidcProvider;
let server: TestServer;

beforeAll(async () => {
  // The provider advises against what suits a test.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  const port = await freePort();
  const ada = { sub: 'ada', email: 'ada@agency.example', email_verified: true, name: 'Ada' };
  provider = await startOidcProvider(`http://localhost:${port}`, [
    ada,
    { ...ada, sub: 'bea', email: 'bea@elsewhere.example' },
  ]);
  server = await startServer({
    ...provider.settings,
    VITRINE_PORT: String(port),
    VITRINE_OIDC_DOMAINS: 'agency.example',
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
});

it('the button leads to the provider and back to where somebody wanted to go, or says why not', async () => {
  for (const { sub, ends } of [
    { sub: 'ada', ends: 'Your account' },
    { sub: 'bea', ends: 'There is no account for you here yet' },
  ]) {
    await using browser = await openDashboard(server);
    const { page } = browser;
    await page.goto(`${server.url}/account`);
    await page.getByRole('button', { name: 'Continue with Agency Login' }).waitFor();
    await browser.expectAccessible();
    await page.getByRole('button', { name: 'Continue with Agency Login' }).click();
    await page.locator('input[name=login]').fill(sub);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.getByText('Authorize').first().waitFor();
    await page.locator('button[type=submit]').click();
    await page.getByText(ends).first().waitFor();
    expect(new URL(page.url()).origin).toBe(server.url);
  }
});
