import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createHttpApp } from '../src/create-http-app.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

/** Signs the owner in at `url`, as a page of the public address would; answers the cookie with its attributes. */
async function signIn({ owner, composition }: TestServer, url: string): Promise<string> {
  const { headers, ...init } = jsonRequest('POST', { email: owner.email, password: owner.password });
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    ...init,
    headers: { ...headers, origin: composition.config.publicUrl },
  });
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0] ?? '';
}

async function self(url: string, cookie: string): Promise<number> {
  return (await fetch(`${url}/api/v2/self`, { headers: { cookie } })).status;
}

it('with HTTPS the session is bound to this host, and a cookie of another name is none', async () => {
  await using server = await startServer({ VITRINE_PUBLIC_URL: 'https://assets.vitrine.example' });
  const behindProxy = createServer(createHttpApp(server.composition, () => {})).listen(0, '127.0.0.1');
  await once(behindProxy, 'listening');
  const address: AddressInfo | string | null = behindProxy.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  try {
    const cookie = await signIn(server, url);
    expect(cookie).toMatch(/^__Host-vitrine\.session_token=/);
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    expect(cookie).toMatch(/; Secure(;|$)/);
    expect(cookie).toMatch(/; HttpOnly(;|$)/);
    expect(cookie).not.toMatch(/Domain/i);
    const pair = cookie.split(';')[0] ?? '';
    expect(await self(url, `theme=dark; ${pair}`)).toBe(200);
    expect(await self(url, pair.replace('__Host-', ''))).toBe(401);
    expect(await self(url, pair.replace('__Host-', '__Secure-'))).toBe(401);
    const openapi = await (await fetch(`${url}/openapi.json`)).text();
    expect(openapi).toContain('"__Host-vitrine.session_token"');
  } finally {
    behindProxy.closeAllConnections();
    behindProxy.close();
  }
});

it('a session lives thirty days, however much it is used', async () => {
  await using server = await startServer();
  const cookie = await signIn(server, server.url);
  expect(cookie).toContain(`Max-Age=${30 * 24 * 3600}`);
  const database = new Sqlite(path.join(server.dataDir, 'vitrine.sqlite'));
  const expiry = database.prepare('select expires_at from sessions').pluck();
  // Half of its life is over.
  database.exec('update sessions set expires_at = (expires_at + created_at) / 2');
  const before = expiry.get();
  expect(await self(server.url, cookie.split(';')[0] ?? '')).toBe(200);
  expect(expiry.get()).toBe(before);
  database.close();
});
