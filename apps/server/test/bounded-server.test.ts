import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBoundedServer } from '../src/http/bounded-server.ts';

const limits = { mostConnections: 2, headersMs: 100, keepAliveMs: 200, lookEveryMs: 20 };
const server = createBoundedServer(
  (request, response) => request.resume().once('end', () => response.end('ok')),
  limits,
);

beforeEach(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function join(): Promise<Socket> {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It does not listen.');
  const socket = connect(address.port, address.address);
  await once(socket, 'connect');
  return socket;
}

it('closes connections beyond as many as it may have, and takes others once there is room', async () => {
  const first = await join();
  const second = await join();
  const third = await join();
  await once(third.resume(), 'close', { signal: AbortSignal.timeout(2000) });
  second.destroy();
  await once(second, 'close');
  first.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  expect(String((await once(first, 'data'))[0])).toContain(' 200 ');
  const fourth = await join();
  fourth.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  expect(String((await once(fourth, 'data'))[0])).toContain(' 200 ');
});

it('answers 408 when the headers are not whole in time', async () => {
  const socket = await join();
  socket.write('GET / HTTP/1.1\r\nHost: here\r\nX-Slow: ');
  const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(2000) });
  expect(String(answer)).toContain(' 408 ');
});

it('lets a body take longer than the headers may', async () => {
  const socket = await join();
  socket.write('POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\n');
  for (const byte of 'bytes') {
    await setTimeout(50);
    socket.write(byte);
  }
  const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(2000) });
  expect(String(answer)).toContain(' 200 ');
});
