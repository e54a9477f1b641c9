import path from 'node:path';
import { type AuditEvent, issuedKeySchema } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

describe('what is done to users, sessions and keys', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const events = (): Promise<AuditEvent[]> =>
    server.composition.database.read((readers) => readers.audit.list({ afterSeq: 0, limit: 1000 }));

  /** What came into the log meanwhile. */
  async function noted(work: () => Promise<unknown>): Promise<AuditEvent[]> {
    const before = (await events()).length;
    await work();
    return (await events()).slice(before);
  }

  const identity = (address: string, body: object, headers: Record<string, string> = {}) => {
    const { headers: json, ...init } = jsonRequest('POST', body);
    return server.request(`/api/auth/${address}`, {
      ...init,
      key: null,
      headers: { ...json, ...headers, origin: server.url },
    });
  };
  const signIn = () =>
    identity('sign-in/email', { email: server.owner.email, password: server.owner.password });

  it('made by the command line, is noted without a secret', async () => {
    const { accounts } = server.composition;
    const [made, linked, key, ...more] = await noted(async () => {
      const user = await accounts.createUser({
        email: 'ada@vitrine.example',
        role: 'admin',
        password: 'correct horse battery',
      });
      await accounts.createKey({ userId: user.id, name: 'robot', scopes: ['assets:read'] });
    });
    expect(more).toEqual([]);
    expect(made).toMatchObject({
      action: 'user.create',
      actorKind: 'system',
      after: { email: 'ada@vitrine.example', role: 'admin' },
    });
    expect(linked).toMatchObject({ action: 'account.create', after: { userId: made?.targetId } });
    expect(key).toMatchObject({
      action: 'apikey.create',
      actorKind: 'user',
      actorId: made?.targetId,
      after: { name: 'robot' },
    });
  });

  it('by signing in, making a key and signing out, is noted with whoever did it', async () => {
    const { id } = server.owner;
    const all = await noted(async () => {
      const cookie = (await signIn()).headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const asUser = (method: string, address: string, body?: object) => {
        const { headers, ...init } = body ? jsonRequest(method, body) : { headers: {}, method };
        return server.request(address, {
          ...init,
          key: null,
          headers: { ...headers, cookie, origin: server.url },
        });
      };
      const body = { name: 'from the browser', scopes: ['assets:read'] };
      const made = issuedKeySchema.parse(await (await asUser('POST', '/api/keys', body)).json());
      expect((await server.request('/api/v2/self', { key: made.key })).status).toBe(200);
      const address = `/api/keys/${made.id}`;
      expect((await asUser('PATCH', address, { name: 'another' })).status).toBe(200);
      expect((await asUser('DELETE', address)).status).toBe(200);
      expect((await identity('sign-out', {}, { cookie })).status).toBe(200);
    });
    expect(all.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['session.create', id],
      ['apikey.create', id],
      ['apikey.update', id],
      ['apikey.delete', id],
      ['session.delete', id],
    ]);
    expect(all[0]?.address).toBe('127.0.0.1');
    expect(all[2]).toMatchObject({ before: { name: 'from the browser' }, after: { name: 'another' } });
  });

  it('leaves no password, token or key in the log', async () => {
    const { key } = await server.addUser('member');
    const token = (await signIn()).headers.getSetCookie()[0]?.split(';')[0]?.split('=')[1] ?? '';
    const database = new Sqlite(path.join(server.dataDir, 'vitrine.sqlite'), { readonly: true });
    const rows = z.array(z.object({ secret: z.string() }));
    const secrets = [
      ...rows.parse(database.prepare('select password as secret from accounts').all()),
      ...rows.parse(database.prepare('select token as secret from sessions').all()),
      ...rows.parse(database.prepare('select key as secret from api_keys').all()),
    ].map(({ secret }) => secret);
    database.close();
    const log = JSON.stringify(await events());
    for (const secret of [...secrets, key.slice(12), token]) expect(log).not.toContain(secret);
  });

  it('is undone as a whole when the password cannot be stored: the address is free afterwards', async () => {
    const { accounts, database } = server.composition;
    const writer = new Sqlite(path.join(server.dataDir, 'vitrine.sqlite'));
    writer.exec("create trigger broken before insert on accounts begin select raise(abort, 'broken'); end");
    const user = { email: 'eve@vitrine.example', role: 'member', password: 'correct horse battery' } as const;
    const all = await noted(() => expect(accounts.createUser(user)).rejects.toThrow());
    writer.exec('drop trigger broken');
    writer.close();
    expect(all).toEqual([]);
    expect(await database.read((readers) => readers.users.findByEmail(user.email))).toBeNull();
    expect((await accounts.createUser(user)).email).toBe(user.email);
  });

  it('with a new password ends the sessions there are', async () => {
    const { accounts } = server.composition;
    const user = await server.addUser('member');
    const answer = await identity('sign-in/email', { email: user.email, password: user.password });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const self = () => server.request('/api/v2/self', { key: null, headers: { cookie } });
    expect((await self()).status).toBe(200);
    server.composition.authenticator.forget();
    const known = await server.composition.database.read((readers) => readers.users.findByEmail(user.email));
    if (!known) throw new Error('The user is gone.');
    const all = await noted(() =>
      accounts.setPassword({ userId: known.id, password: 'battery horse correct' }),
    );
    expect(all.map(({ action }) => action)).toEqual(['account.update', 'session.delete']);
    expect((await self()).status).toBe(401);
    const again = (password: string) => identity('sign-in/email', { email: user.email, password });
    expect((await again(user.password)).status).toBe(401);
    expect((await again('battery horse correct')).status).toBe(200);
  });
});
