import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { expect, it } from 'vitest';
import { bodyDeadline } from '../src/http/body-deadline.ts';
import { sendsBytes } from '../src/http/sends-bytes.ts';

it('a body that does not come in time is not waited for, and one that comes slowly but in time is', async () => {
  const app = express().use(bodyDeadline(400), express.json());
  app.post('/api/clients', (request, response) => void response.json(request.body));
  const server = createServer(app);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port }: AddressInfo = Object(server.address());

  async function send(pieces: readonly string[], pauseMs: number): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answer += String(text);
      socket.end();
    });
    socket.write(
      'POST /api/clients HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n',
    );
    for (const piece of pieces) {
      socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    if (!socket.closed) await once(socket, 'close', { signal: AbortSignal.timeout(5000) });
    return answer;
  }
  expect(await send(['{"a"', ':1}'], 100)).toContain('{"a":1}');
  expect(await send(['{"a"'], 0)).toBe('');
  server.close();
});

it.each(['GET', 'POST'])(
  'an answer to a %s without a body may take longer than a body may',
  async (method) => {
    const app = express().use(bodyDeadline(100));
    app.use((_request, response) => {
      response.write('begun ');
      setTimeout(() => response.end('and done'), 400);
    });
    const server = createServer(app);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port }: AddressInfo = Object(server.address());
    const answer = await fetch(`http://127.0.0.1:${port}/trpc/change.watch`, { method });
    expect(await answer.text()).toBe('begun and done');
    server.close();
  },
);

it('only uploads may take as long as they need', () => {
  for (const url of [
    '/api/v2/upload-asset',
    '/API/v2/upload-asset?x=1',
    '/api/tus',
    '/api/tus/1',
    '/api/u/token',
    'http://vitrine.example/api/u/token',
  ]) {
    expect(sendsBytes(url), url).toBe(true);
  }
  for (const url of ['/api/u/token/unlock', '/api/clients', '/api/s/token/unlock', '/api/v2/upload-assets']) {
    expect(sendsBytes(url), url).toBe(false);
  }
});
