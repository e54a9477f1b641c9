import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRateLimit, limitSender } from '../src/http/rate-limit.ts';
import { trustedProxies } from '../src/http/trusted-proxies.ts';
import { jsonRequest, startServer } from './start-server.ts';

test('no proxy is trusted unless one is named', () => {
  const trusted = trustedProxies('');
  expect(trusted('127.0.0.1', 0)).toBe(false);
});

test('proxies are trusted by their number, their addresses and their networks', () => {
  expect([0, 1, 2].map((hop) => trustedProxies('2')('203.0.113.9', hop))).toEqual([true, true, false]);
  const named = trustedProxies('loopback, 10.0.0.0/8,2001:db8::1');
  const asked = ['127.0.0.1', '::1', '10.20.30.40', '2001:db8::1', '203.0.113.9'];
  expect(asked.map((address) => named(address, 0))).toEqual([true, true, true, true, false]);
  expect(() => trustedProxies('10.0.0.0/99')).toThrow('VITRINE_TRUSTED_PROXIES');
  expect(() => trustedProxies('nginx')).toThrow('VITRINE_TRUSTED_PROXIES');
});

test('the audit log has the address that a trusted proxy tells, and never one that the sender made up', async () => {
  for (const [proxies, expected] of [
    ['', /127\.0\.0\.1|::1/],
    ['1', /^198\.51\.100\.7$/],
  ] as const) {
    await using server = await startServer({ VITRINE_TRUSTED_PROXIES: proxies });
    const { headers, ...init } = jsonRequest('POST', { name: 'Northwind' });
    const forwarded = { ...headers, 'x-forwarded-for': '192.0.2.1, 198.51.100.7' };
    await server.request('/api/clients', { ...init, headers: forwarded });
    const log = await (await server.request('/api/audit.jsonl')).text();
    const created = log.split('\n').find((line) => line.includes('"client.create"')) ?? '{}';
    expect(z.object({ address: z.string() }).parse(JSON.parse(created)).address).toMatch(expected);
  }
});

test('credentials that somebody makes up do not lift the limit of their address', () => {
  const { limit } = createRateLimit(2, { now: () => 0 });
  const ask = (key: string) => limitSender(limit, { 'x-api-key': key }, '192.0.2.1');
  for (let turn = 0; turn < 20; turn += 1) ask(`made up ${turn}`);
  expect(() => ask('another')).toThrow('Too many');
  limitSender(limit, { 'x-api-key': 'another' }, '192.0.2.2');
});
