import { expect, it } from 'vitest';
import { jsonRequest, startServer } from './start-server.ts';

// In a file of its own: the identity library counts tries for the whole process.
it('signing in is throttled after ten tries from one address, whatever address the sender claims', async () => {
  await using server = await startServer();
  const statuses: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const { headers, ...init } = jsonRequest('POST', {
      email: server.owner.email,
      password: 'wrong password',
    });
    const claimed = {
      origin: server.url,
      'x-forwarded-for': `10.0.0.${round}`,
      'x-vitrine-address': `10.0.0.${round}`,
    };
    const answer = await server.request('/api/auth/sign-in/email', {
      ...init,
      key: null,
      headers: { ...headers, ...claimed },
    });
    statuses.push(answer.status);
  }
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
  expect(statuses.slice(10)).toEqual([429, 429]);
});
