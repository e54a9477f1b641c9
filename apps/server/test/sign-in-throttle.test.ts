import { createSignInGuard } from '@vitrine/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signIn } from './people-requests.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

const minute = 60_000;

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
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
  expect(statuses.slice(10)).toEqual([429, 429]);
});
