import { AppError } from '@vitrine/core';
import { startPostgres } from '@vitrine/db/testing';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type CountedRate, createRateLimit, limitSender } from '../src/http/rate-limit.ts';
import { shareRatesOnce } from '../src/http/share-rates.ts';
import { serve } from '../src/serve.ts';
import { startServer, type TestServer } from './start-server.ts';

test('a principal may ask so often in a minute, whatever others do, and again in the next', () => {
  let now = 0;
  const { limit } = createRateLimit(2, { now: () => now });
  limit('one');
  now = 20_000;
  limit('one');
  limit('other');
  expect(() => limit('one')).toThrow(AppError);
  expect(() => limit('one')).toThrow('Wait 40 s');
  limit('other');
  now = 60_000;
  limit('one');
});

test('nought is no limit', () => {
  const { limit } = createRateLimit(0, { now: () => 0 });
  for (let turn = 0; turn < 100; turn += 1) limit('one');
});

test('no more windows are kept than there is room for, however many ask', () => {
  let now = 0;
  const { limit, windows } = createRateLimit(10, { now: () => now });
  for (let one = 0; one < 100_000; one += 1) limit(`address:${one}`);
  expect(windows.size).toBeLessThanOrEqual(50_000);
  expect(windows.has('address:99999')).toBe(true);
  now = 60_000;
  for (let one = 0; one < 50_000; one += 1) limit(`late:${one}`);
  expect(windows.has('address:99999')).toBe(false);
});

test('an address of IPv6 counts by its network', () => {
  const { limit } = createRateLimit(2, { now: () => 0 });
  limitSender(limit, {}, '2001:db8::1');
  limitSender(limit, {}, '2001:db8::2');
  expect(() => limitSender(limit, {}, '2001:db8::3')).toThrow('Too many');
  limitSender(limit, {}, '2001:db8:0:1::1');
});

describe.each(['SQLite', 'PostgreSQL'])('two processes on one %s', (dialect) => {
  const stack = new AsyncDisposableStack();
  let first: TestServer;
  beforeAll(async () => {
    const postgres = dialect === 'PostgreSQL' ? stack.use(await startPostgres()) : null;
    const settings = postgres ? { VITRINE_DATABASE_URL: postgres.url } : {};
    first = stack.use(await startServer({ VITRINE_RATE_LIMIT: '50', ...settings }));
  });
  afterAll(() => stack.disposeAsync());

  it('share the limit of whoever asks much of both, within a tenth and a second', async () => {
    let now = first.composition.clock.now();
    const clock = { now: () => now };
    const { database, logger } = first.composition;
    const processes = [1, 2].map(() => createRateLimit(100, clock));
    const share = async () => {
      for (const rate of processes) await shareRatesOnce({ rate, perMinute: 100, database, clock, logger });
    };
    const passed = (rate: CountedRate, times: number) => {
      let through = 0;
      for (let turn = 0; turn < times; turn += 1) {
        try {
          rate.limit('key');
          through += 1;
        } catch {
          // Refused.
        }
      }
      return through;
    };
    let through = 0;
    // Twenty each second, ten here and ten there.
    for (let second = 0; second < 12; second += 1) {
      for (const rate of processes) through += passed(rate, 10);
      await share();
      now += 1000;
    }
    expect(through).toBeGreaterThanOrEqual(100);
    expect(through).toBeLessThanOrEqual(100 + 2 * 10 + 20);
    for (const rate of processes) rate.limit('other');
    expect(
      await shareRatesOnce({ rate: createRateLimit(100, clock), perMinute: 100, database, clock, logger }),
    ).toBe(0);
    now += 60_000;
    for (const rate of processes) expect(passed(rate, 10)).toBe(10);
  });

  it('refuse whom the other has refused, in words and with how long to wait', async () => {
    const { config, logger } = first.composition;
    await using second = await serve({ ...config, port: 0, publicUrl: null }, { background: false, logger });
    expect(second.url).not.toBe(first.url);
    // Fewer than it would refuse by itself.
    const fewAsks = { interval: 250, timeout: 8000 };
    const ask = (url: string) => fetch(new URL('/api/v2/assets', url));
    for (let turn = 0; turn < 50; turn += 1) expect((await ask(first.url)).status).toBe(401);
    expect((await ask(first.url)).status).toBe(429);
    await expect.poll(async () => (await ask(second.url)).status, fewAsks).toBe(429);
    const refused = await ask(second.url);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', status: 429 });
  });
});
