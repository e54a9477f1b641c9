import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from './start-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** Asks with a body of which no byte ever comes, and answers the first line of what is said. */
async function ask(method: string, path: string, credential = ''): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const head = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    'Content-Type: application/json',
    'Content-Length: 200000',
  ];
  socket.write([...head, ...(credential ? [`X-API-Key: ${credential}`] : []), '', ''].join('\r\n'));
  const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(5000) });
  socket.destroy();
  return String(answer).split('\r\n')[0] ?? '';
}

it.each([
  ['POST', '/api/clients'],
  ['PATCH', '/api/v2/assets/01980c5e-7a10-7c3e-9f51-5f0a5d1f2b99'],
  ['POST', '/trpc/client.create'],
])('%s %s is refused before its body is read when nobody asks', async (method, path) => {
  expect(await ask(method, path)).toContain(' 401 ');
  expect(await ask(method, path, 'vtr_unknown')).toContain(' 401 ');
});

it('a key that may only read is refused before its body is read', async () => {
  const reader = await server.addUser('member', ['assets:read']);
  expect(await ask('POST', '/api/clients', reader.key)).toContain(' 403 ');
});
