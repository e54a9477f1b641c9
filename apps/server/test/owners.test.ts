import { problemSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { invite, open, password, send, signIn, tokenOf } from './people-requests.ts';
import { startServer } from './start-server.ts';

describe('owners', () => {
  it('who are owners stay: the last one is neither demoted nor disabled, and no admin decides about owners', async () => {
    await using server = await startServer();
    const admin = await server.addUser('admin');
    const last = await send(server, `/api/accounts/${server.owner.id}/role`, { role: 'admin' });
    expect(problemSchema.parse(await last.json())).toMatchObject({ code: 'conflict' });
    for (const [address, body] of [
      [`/api/accounts/${server.owner.id}/disabled`, { disabled: true }],
      [`/api/accounts/${admin.id}/role`, { role: 'owner' }],
      [`/api/accounts/${server.owner.id}/reset-link`, {}],
      ['/api/accounts/invite', { email: 'new@vitrine.example', role: 'owner' }],
    ] as const) {
      expect((await send(server, address, body, admin)).status, address).toBe(403);
    }
    expect((await send(server, `/api/accounts/${admin.id}/role`, { role: 'owner' })).status).toBe(200);
    expect((await send(server, `/api/accounts/${server.owner.id}/role`, { role: 'member' })).status).toBe(
      200,
    );
  });

  it('begin with an owner who makes their own account, at an address that works once and only while there is nobody', async () => {
    await using server = await startServer();
    const { people } = server.composition.services;
    expect(await people.firstOwner()).toBeNull();
    server.sql('delete from api_keys; delete from accounts; delete from client_grants; delete from users');
    const first = await people.firstOwner();
    const second = await people.firstOwner();
    const me = { name: 'Ada', email: 'ada@vitrine.example', password };
    expect((await open(server, 'account.join', { token: first?.token ?? '', ...me })).ok).toBe(true);
    expect((await open(server, 'account.join', { token: second?.token ?? '', ...me })).ok).toBe(false);
    expect((await signIn(server, me.email, password)).status).toBe(200);
    expect(await people.firstOwner()).toBeNull();
  });

  it('leave their traces in the audit log, and no secret', async () => {
    await using server = await startServer();
    const link = await invite(server, 'ada@vitrine.example', 'admin');
    await open(server, 'account.join', { token: tokenOf(link), name: 'Ada', password });
    const events = await server.composition.database.read((readers) =>
      readers.audit.list({ afterSeq: 0, limit: 1000 }),
    );
    const own = events.filter(({ action }) => action.startsWith('account.'));
    expect(own.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['account.invite', 'account.join']),
    );
    expect(JSON.stringify(events)).not.toContain(tokenOf(link));
    expect(JSON.stringify(events)).not.toContain(password);
  });
});
