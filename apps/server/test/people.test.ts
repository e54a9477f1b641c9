import { invitationSchema, onceLinkSchema, problemSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  accountOf,
  invite,
  open,
  password,
  read,
  send,
  signIn,
  tokenOf,
  withdraw,
} from './people-requests.ts';
import { startServer } from './start-server.ts';

describe('people', () => {
  it('are invited, choose a name and a password once, and sign in', async () => {
    await using server = await startServer();
    const link = await invite(server, ' Ada@Vitrine.example ', 'member');
    expect(link).toMatchObject({ email: 'ada@vitrine.example' });
    const token = tokenOf(link);
    const seen = await fetch(
      `${server.url}/trpc/account.purpose?input=${encodeURIComponent(JSON.stringify({ token }))}`,
    );
    expect(await seen.json()).toMatchObject({
      result: { data: { purpose: 'join', email: 'ada@vitrine.example' } },
    });
    expect(await open(server, 'account.join', { token, name: 'Ada', password: 'short' })).toMatchObject({
      ok: false,
      problem: { code: 'invalid_input', detail: expect.stringContaining('10 characters') },
    });
    // Somebody else's address in the input changes nothing.
    const joined = await Promise.all(
      [1, 2].map(() =>
        open(server, 'account.join', { token, name: 'Ada', password, email: 'eve@vitrine.example' }),
      ),
    );
    expect(joined.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await accountOf(server, 'ada@vitrine.example')).toMatchObject({ name: 'Ada', role: 'member' });
    expect((await signIn(server, 'ada@vitrine.example', password)).status).toBe(200);
    const again = await send(server, '/api/accounts/invite', {
      email: 'ada@vitrine.example',
      role: 'member',
    });
    expect(problemSchema.parse(await again.json())).toMatchObject({ code: 'invalid_input' });
  });

  it('who have not joined yet are listed, until they join or their invitation is withdrawn', async () => {
    await using server = await startServer();
    const ada = tokenOf(await invite(server, 'ada@vitrine.example', 'member'));
    const wrong = tokenOf(await invite(server, 'wrong@vitrine.example', 'admin'));
    await invite(server, 'wrong@vitrine.example', 'member');
    const waiting = async () => {
      const listed = await read(server, '/api/accounts/invitations');
      return z.array(invitationSchema).parse(await listed.json());
    };
    expect((await waiting()).map(({ email, role }) => ({ email, role }))).toEqual([
      { email: 'ada@vitrine.example', role: 'member' },
      { email: 'wrong@vitrine.example', role: 'member' },
    ]);
    expect((await withdraw(server, 'Wrong@Vitrine.example')).status).toBe(200);
    expect(
      (await open(server, 'account.join', { token: wrong, name: 'Eve', password })).problem?.status,
    ).toBe(404);
    expect((await withdraw(server, 'wrong@vitrine.example')).status).toBe(404);
    expect((await open(server, 'account.join', { token: ada, name: 'Ada', password })).ok).toBe(true);
    expect(await waiting()).toEqual([]);
    const answer = await withdraw(server, 'ada@vitrine.example');
    expect(problemSchema.parse(await answer.json()).detail).toBe('There is no such invitation.');
  });

  it('are withdrawn by owners alone where they are to be owners', async () => {
    await using server = await startServer();
    const admin = await server.addUser('admin');
    const token = tokenOf(await invite(server, 'second@vitrine.example', 'owner'));
    expect((await withdraw(server, 'second@vitrine.example', admin)).status).toBe(403);
    expect((await open(server, 'account.join', { token, name: 'Second', password })).ok).toBe(true);
  });

  it('are not told apart by tokens: a wrong one, a used one and one that is over answer the same', async () => {
    let offset = 0;
    await using server = await startServer({}, { clock: { now: () => Date.now() + offset } });
    const used = tokenOf(await invite(server, 'used@vitrine.example', 'member'));
    await open(server, 'account.join', { token: used, name: 'Used', password });
    const late = tokenOf(await invite(server, 'late@vitrine.example', 'member'));
    offset = 8 * 86_400_000;
    const answers = await Promise.all(
      [used, late, 'x'.repeat(43)].map((token) =>
        open(server, 'account.join', { token, name: 'Eve', password }),
      ),
    );
    expect(answers.map(({ problem }) => [problem?.status, problem?.detail])).toEqual(
      answers.map(() => [404, 'There is no such page.']),
    );
  });

  it('choose another password at an address that an admin gives them, and are signed out everywhere', async () => {
    await using server = await startServer();
    const member = await server.addUser('member');
    const before = await signIn(server, member.email, member.password);
    const link = onceLinkSchema.parse(
      await (await send(server, `/api/accounts/${member.id}/reset-link`, {})).json(),
    );
    expect((await open(server, 'account.reset', { token: tokenOf(link), password })).ok).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const self = await fetch(`${server.url}/api/v2/self`, { headers: { cookie: before.cookie } });
    expect(self.status).toBe(401);
    expect((await signIn(server, member.email, member.password)).status).toBe(401);
    expect((await signIn(server, member.email, password)).status).toBe(200);
  });

  it('who are disabled cannot sign in, nor do anything with a session or key that they have', async () => {
    await using server = await startServer();
    const member = await server.addUser('member');
    const { cookie } = await signIn(server, member.email, member.password);
    const disable = (disabled: boolean) => send(server, `/api/accounts/${member.id}/disabled`, { disabled });
    expect((await disable(true)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const statuses = await Promise.all([
      fetch(`${server.url}/api/v2/self`, { headers: { cookie } }).then(({ status }) => status),
      server.request('/api/v2/self', { key: member.key }).then(({ status }) => status),
    ]);
    expect(statuses).toEqual([401, 401]);
    expect(await signIn(server, member.email, member.password)).toEqual({ status: 403, cookie: '' });
    expect((await signIn(server, member.email, 'wrong password')).status).toBe(401);
    await disable(false);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await server.request('/api/v2/self', { key: member.key })).status).toBe(200);
  });
});
