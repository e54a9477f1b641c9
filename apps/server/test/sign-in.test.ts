import { problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

const selfSchema = z.object({ userId: z.string(), role: z.string(), scopes: z.array(z.string()).nullable() });

describe('signing in', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const signIn = (email: string, password: string) => {
    const { headers, ...init } = jsonRequest('POST', { email, password });
    return server.request('/api/auth/sign-in/email', {
      ...init,
      key: null,
      headers: { ...headers, origin: server.url },
    });
  };
  const cookieOf = (answer: Response) => (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const self = (headers: Record<string, string>) => server.request('/api/v2/self', { key: null, headers });

  async function signedIn(user: TestUser): Promise<string> {
    const answer = await signIn(user.email, user.password);
    expect(answer.status).toBe(200);
    return cookieOf(answer);
  }

  it('gives a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await signIn(server.owner.email, server.owner.password);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^vitrine\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(await (await self({ cookie: cookieOf(answer) })).json()).toMatchObject({
      userId: server.owner.id,
      role: 'owner',
      email: server.owner.email,
      scopes: null,
    });
  });

  it('with a wrong password or an unknown address is refused in the same words', async () => {
    const wrong = await signIn(server.owner.email, 'not the password');
    const unknown = await signIn('nobody@vitrine.example', 'not the password');
    expect(wrong.status).toBe(401);
    expect(await unknown.json()).toEqual(await wrong.json());
    expect(unknown.status).toBe(401);
  });

  it('cannot be prepared by signing oneself up', async () => {
    const { headers, ...init } = jsonRequest('POST', {
      email: 'me@vitrine.example',
      password: 'long enough',
      name: 'Me',
      role: 'owner',
    });
    const answer = await server.request('/api/auth/sign-up/email', {
      ...init,
      key: null,
      headers: { ...headers, origin: server.url },
    });
    expect(answer.status).toBe(404);
    expect((await signIn('me@vitrine.example', 'long enough')).status).toBe(401);
  });

  it('ends with signing out: the cookie is worth nothing any more', async () => {
    const cookie = await signedIn(server.owner);
    expect((await self({ cookie })).status).toBe(200);
    const out = await server.request('/api/auth/sign-out', {
      method: 'POST',
      key: null,
      headers: { cookie, origin: server.url },
    });
    expect(out.status).toBe(200);
    expect((await self({ cookie })).status).toBe(401);
  });

  it('does not let another site write with the cookie, and lets our own', async () => {
    const cookie = await signedIn(server.owner);
    const write = (headers: Record<string, string>) => {
      const { headers: json, ...init } = jsonRequest('POST', { name: 'Northwind' });
      return server.request('/api/clients', { ...init, key: null, headers: { ...json, cookie, ...headers } });
    };
    for (const hostile of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      {},
    ]) {
      const answer = await write(hostile);
      expect(problemSchema.parse(await answer.json())).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect((await write({ origin: server.url })).status).toBe(201);
    expect((await write({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect(await (await server.request('/api/clients')).json()).toHaveLength(2);
  });
});

describe('an API key', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('works as a bearer token and as X-API-Key, and says what it may do', async () => {
    const { key } = await server.addUser('admin', ['assets:read']);
    for (const headers of [{ authorization: `Bearer ${key}` }, { 'x-api-key': key }]) {
      const answer = await server.request('/api/v2/self', { key: null, headers });
      expect(selfSchema.parse(await answer.json())).toMatchObject({ role: 'admin', scopes: ['assets:read'] });
    }
  });

  it('may not do what its scopes leave out, whatever its user may do', async () => {
    const { key } = await server.addUser('owner', ['clients:read']);
    expect((await server.request('/api/clients', { key })).status).toBe(200);
    expect((await server.request('/api/v2/assets', { key })).status).toBe(403);
    expect(
      (await server.request('/api/clients', { ...jsonRequest('POST', { name: 'x' }), key })).status,
    ).toBe(403);
  });

  it('is not to be found in the database', async () => {
    const { key } = await server.addUser('member');
    const { default: Sqlite } = await import('better-sqlite3');
    const database = new Sqlite(`${server.dataDir}/vitrine.sqlite`, { readonly: true });
    const rows = database.prepare('select * from api_keys').all();
    database.close();
    expect(JSON.stringify(rows)).not.toContain(key.slice(12));
  });

  it('of a member sees only the clients that this member made', async () => {
    const member = await server.addUser('member');
    await server.create('/api/clients', { name: 'The owner’s' });
    const made = await server.request('/api/clients', {
      ...jsonRequest('POST', { name: 'Their own' }),
      key: member.key,
    });
    expect(made.status).toBe(201);
    const list = z.array(z.object({ name: z.string() }));
    const theirs = list.parse(await (await server.request('/api/clients', { key: member.key })).json());
    expect(theirs.map(({ name }) => name)).toEqual(['Their own']);
    const all = list.parse(await (await server.request('/api/clients')).json());
    expect(all.map(({ name }) => name).sort()).toEqual(['The owner’s', 'Their own'].sort());
  });

  it('that is wrong is refused by tRPC as by REST, and open procedures answer all the same', async () => {
    const refused = await server.request('/trpc/asset.list', { key: 'vtr_wrong' });
    expect(refused.status).toBe(401);
    const { error } = z
      .object({ error: z.object({ data: z.object({ code: z.string(), problem: problemSchema }) }) })
      .parse(await refused.json());
    expect(error.data.code).toBe('UNAUTHORIZED');
    expect(error.data.problem).toMatchObject({
      code: 'unauthenticated',
      requestId: refused.headers.get('x-request-id'),
    });
    expect((await server.request('/trpc/system.version', { key: 'vtr_wrong' })).status).toBe(200);
  });

  it('that is malformed is refused with a word on how to send one', async () => {
    const answer = await server.request('/api/v2/self', {
      key: null,
      headers: { authorization: 'Basic abc' },
    });
    expect(problemSchema.parse(await answer.json()).detail).toContain('Bearer');
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });
});
