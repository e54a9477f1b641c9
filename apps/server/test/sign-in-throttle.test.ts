import { createSignInGuard } from '@vitrine/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signIn } from './people-requests.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

const minute = 60_000;
/** A multiple of 20. */
const manyTries = Number(process.env['VITRINE_SIGN_IN_TRIES'] ?? 600);

describe('the throttle of sign-ins', () => {
  let server: TestServer;
  let offset = 0;
  const clock = { now: () => Date.now() + offset };

  async function tryPassword(email: string, password: string, headers: Record<string, string> = {}) {
    const { headers: json, ...init } = jsonRequest('POST', { email, password });
    const answer = await server.request('/api/auth/sign-in/email', {
      ...init,
      key: null,
      headers: { ...json, ...headers, origin: server.url },
    });
    return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after')) };
  }
  /** The library that this server has, as another process would see it. */
  const elsewhere = () => createSignInGuard({ database: server.composition.database, clock });

  beforeAll(async () => {
    server = await startServer({}, { clock });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('lets ten wrong passwords pass from one address, whatever address the sender claims', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const claimed = { 'x-forwarded-for': `10.0.0.${round}`, 'x-vitrine-address': `10.0.0.${round}` };
      statuses.push((await tryPassword(server.owner.email, 'wrong password', claimed)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
  });

  it('refuses the right password, too, until the quarter of an hour is over, and says when that is', async () => {
    const { email, password } = server.owner;
    const refused = await tryPassword(email, password);
    expect(refused.status).toBe(429);
    expect(refused.retryAfter).toBeGreaterThan(14 * 60);
    expect(refused.retryAfter).toBeLessThanOrEqual(15 * 60);
    offset += 15 * minute;
    expect((await tryPassword(email, password)).status).toBe(200);
  });

  it('counts tries that come at once, and those for another spelling of the address', async () => {
    const { email } = await server.addUser('member');
    const spellings = [email, email.toUpperCase()];
    const tries = Array.from({ length: 16 }, (_, index) => tryPassword(spellings[index % 2] ?? '', 'wrong'));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });

  it('forgets what was typed wrong once it was typed right', async () => {
    const { email, password } = await server.addUser('member');
    for (let round = 0; round < 3; round += 1) {
      for (let wrong = 0; wrong < 4; wrong += 1) await tryPassword(email, 'wrong password');
      expect((await tryPassword(email, password)).status).toBe(200);
    }
  });

  it('holds one address to fifty tries at all accounts together, and others are not held up', async () => {
    offset += 15 * minute;
    const guard = elsewhere();
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        guard.begin({ email: `guess-${index}@vitrine.example`, address: '203.0.113.9' }).then(
          () => 'passed',
          () => 'refused',
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'passed')).toHaveLength(50);
    await guard.begin({ email: 'guess-59@vitrine.example', address: '203.0.113.10' });
  });

  it('holds all addresses together to a hundred tries at one account, but not those where its owner was before', async () => {
    const guard = elsewhere();
    const email = 'ada@vitrine.example';
    const home = { email, address: '198.51.100.1' };
    await guard.begin(home);
    await guard.succeeded(home);
    let passed = 0;
    for (let index = 0; index < 120; index += 1) {
      await guard.begin({ email, address: `192.0.2.${index}` }).then(
        () => {
          passed += 1;
        },
        () => {},
      );
    }
    expect(passed).toBe(99);
    await guard.begin(home);
    await expect(guard.begin({ email, address: '198.51.100.2' })).rejects.toThrow(/Wait 60 minutes/);
  });

  it('does the same work for an account that there is not as for one that there is', async () => {
    offset += 60 * minute;
    const { email } = await server.addUser('member');
    const work = async (name: string) => {
      const context = await server.composition.auth.$context;
      const [hash, verify] = [vi.spyOn(context.password, 'hash'), vi.spyOn(context.password, 'verify')];
      expect((await tryPassword(name, 'wrong password')).status).toBe(401);
      const times = hash.mock.calls.length + verify.mock.calls.length;
      hash.mockRestore();
      verify.mockRestore();
      return times;
    };
    expect([await work(email), await work('nobody@vitrine.example')]).toEqual([1, 1]);
  });

  it('throttles the check of the old password of whoever found an open browser', async () => {
    const member: TestUser = await server.addUser('member');
    const { cookie } = await signIn(server, member.email, member.password);
    const change = async (currentPassword: string) => {
      const { headers, ...init } = jsonRequest('POST', { currentPassword, newPassword: 'another long one' });
      const sent = { ...headers, cookie, origin: server.url };
      return (await server.request('/api/auth/change-password', { ...init, key: null, headers: sent }))
        .status;
    };
    const statuses: number[] = [];
    for (let round = 0; round < 11; round += 1) statuses.push(await change('wrong password'));
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 400), 429]);
    offset += 15 * minute;
    for (let wrong = 0; wrong < 9; wrong += 1) await change('wrong password');
    expect(await change(member.password)).toBe(200);
    // The right one takes back what was tried before.
    const again = [await change('wrong password'), await change('wrong password')];
    expect(again).toEqual([400, 400]);
  });

  it('answers hundreds of wrong passwords without the work of one', { timeout: 400_000 }, async () => {
    const { email } = await server.addUser('member');
    offset += 60 * minute;
    const began = performance.now();
    const statuses = [];
    for (let batch = 0; batch < manyTries / 20; batch += 1) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => tryPassword(email, 'wrong password')),
      );
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(manyTries - 10);
    expect(performance.now() - began).toBeLessThan(20_000 * (manyTries / 600));
  });

  it('is forgotten when it is over', async () => {
    offset += 31 * 24 * 60 * minute;
    expect(await server.composition.services.signIns.prune()).toBeGreaterThan(0);
    expect(await server.composition.services.signIns.prune()).toBe(0);
  });
});
