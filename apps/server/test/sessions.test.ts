import { type Session, sessionSchema, sessionsEndedSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signIn } from './people-requests.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

const minute = 60_000;

describe('sessions', () => {
  let server: TestServer;
  let ada: TestUser;
  let admin: TestUser;
  let offset = 0;
  const another = async (who: TestUser) => (await signIn(server, who.email, who.password)).cookie;
  const cookies = new Map<TestUser, string>();
  /** Signs in once for each: the throttle of sign-ins counts them all. */
  async function cookieOf(who: TestUser): Promise<string> {
    const cookie = cookies.get(who) ?? (await another(who));
    cookies.set(who, cookie);
    return cookie;
  }
  const ask = (cookie: string, method: string, address: string): Promise<Response> =>
    fetch(new URL(address, server.url), { method, headers: { cookie, origin: server.url } });
  const listed = async (cookie: string): Promise<Session[]> =>
    z.array(sessionSchema).parse(await (await ask(cookie, 'GET', '/api/sessions')).json());
  const current = async (cookie: string) =>
    (await listed(cookie)).find(({ isCurrent }) => isCurrent)?.id ?? '';
  /** Whether it lets anybody in, once nobody remembers it any more. */
  async function works(cookie: string): Promise<boolean> {
    server.composition.authenticator.forget();
    return (await ask(cookie, 'GET', '/api/v2/self')).ok;
  }
  const noted = async (sessionId: string) =>
    (await server.composition.database.read((readers) => readers.audit.list({ afterSeq: 0, limit: 1000 })))
      .filter(({ targetId }) => targetId === sessionId)
      .map(({ action, actorId }) => ({ action, actorId }));

  beforeAll(async () => {
    server = await startServer({}, { clock: { now: () => Date.now() + offset } });
    ada = await server.addUser('member');
    admin = await server.addUser('admin');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('are listed to their owner alone, with the one that asks, and without what signs in', async () => {
    const [here, there] = [await cookieOf(ada), await another(ada)];
    const sessions = await listed(here);
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(await current(here)).not.toBe(await current(there));
    expect(sessions[0]).toMatchObject({ agent: 'node', address: expect.stringMatching(/127\.0\.0\.1|::1/) });
    const text = await (await ask(here, 'GET', '/api/sessions')).text();
    const token = decodeURIComponent(here).split('=')[1]?.split('.')[0] ?? '';
    expect(token.length).toBeGreaterThan(20);
    expect(text).not.toContain(token);
    expect(await listed(await cookieOf(admin))).toHaveLength(1);
  });

  it('end one by one, and each end is noted; another’s is not found', async () => {
    const [here, there] = [await cookieOf(ada), await another(ada)];
    const id = await current(there);
    const address = `/api/sessions/${id}`;
    expect((await ask(await cookieOf(admin), 'DELETE', address)).status).toBe(404);
    expect(await works(there)).toBe(true);
    expect((await ask(here, 'DELETE', address)).status).toBe(200);
    expect([await works(there), await works(here)]).toEqual([false, true]);
    expect((await ask(here, 'DELETE', address)).status).toBe(404);
    expect(await noted(id)).toEqual([
      { action: 'session.create', actorId: ada.id },
      { action: 'session.revoke', actorId: ada.id },
    ]);
  });

  it('end all at once but for the one that asks', async () => {
    const [here, there, elsewhere] = [await cookieOf(ada), await another(ada), await cookieOf(admin)];
    const before = (await listed(here)).length;
    const answer = await ask(here, 'POST', '/api/sessions/revoke-others');
    expect(sessionsEndedSchema.parse(await answer.json())).toEqual({ ended: before - 1 });
    expect([await works(here), await works(there), await works(elsewhere)]).toEqual([true, false, true]);
  });

  it('of somebody end by an admin, those of an owner by an owner alone', async () => {
    const [theirs, here, owners] = [await cookieOf(ada), await cookieOf(admin), await cookieOf(server.owner)];
    const end = (cookie: string, { id }: TestUser) => ask(cookie, 'POST', `/api/accounts/${id}/end-sessions`);
    expect((await end(theirs, ada)).status).toBe(403);
    expect((await end(here, server.owner)).status).toBe(403);
    expect((await end(here, ada)).status).toBe(200);
    expect([await works(theirs), await works(here), await works(owners)]).toEqual([false, true, true]);
    cookies.delete(ada);
  });

  it('are never a key’s to see or to end', async () => {
    expect((await server.request('/api/sessions')).status).toBe(403);
    const others = await server.request('/api/sessions/revoke-others', jsonRequest('POST', {}));
    expect(others.status).toBe(403);
  });

  it('tell when they were last used, to five minutes', async () => {
    const cookie = await cookieOf(ada);
    const used = async () => {
      server.composition.authenticator.forget();
      await listed(cookie);
      const session = (await listed(cookie)).find(({ isCurrent }) => isCurrent);
      return Date.parse(session?.lastUsedAt ?? '');
    };
    const first = await used();
    offset += 4 * minute;
    expect(await used()).toBe(first);
    offset += 2 * minute;
    expect(await used()).toBeGreaterThanOrEqual(first + 6 * minute);
  });

  it('cannot be had through the identity library, which would show their tokens', async () => {
    const cookie = await cookieOf(ada);
    expect((await ask(cookie, 'GET', '/api/auth/list-sessions')).status).toBe(404);
    for (const name of ['revoke-session', 'revoke-sessions', 'revoke-other-sessions']) {
      expect((await ask(cookie, 'POST', `/api/auth/${name}`)).status).toBe(404);
    }
    expect(await works(cookie)).toBe(true);
  });
});
