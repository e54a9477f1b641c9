import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDrain } from '../src/drain.ts';
import { startServer } from './start-server.ts';

/** Sends the body only once the server has asked for it, as `Expect: 100-continue` says. */
async function sendWhenAsked(url: string, key: string | null, body: string) {
  const sent = httpRequest(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
      ...(key && { 'x-api-key': key }),
    },
  });
  let asked = false;
  sent.on('continue', () => {
    asked = true;
    sent.end(body);
  });
  sent.flushHeaders();
  const [answer]: IncomingMessage[] = await once(sent, 'response', { signal: AbortSignal.timeout(5000) });
  answer?.resume();
  sent.destroy();
  return { asked, status: answer?.statusCode };
}

describe('a sender that waits to be asked for its body', () => {
  it('is asked for it by every address, and by those of uploads once they know who asks', async () => {
    await using server = await startServer();
    const body = JSON.stringify({ name: 'Northwind' });
    const made = await sendWhenAsked(`${server.url}/api/clients`, server.owner.key, body);
    expect(made).toEqual({ asked: true, status: 201 });
    const mail = JSON.stringify({ email: 'nobody@vitrine.example', password: 'wrong password' });
    const refused = await sendWhenAsked(`${server.url}/api/auth/sign-in/email`, null, mail);
    expect(refused).toEqual({ asked: true, status: 401 });
    const unlocking = `${server.url}/api/u/${'x'.repeat(43)}/unlock`;
    expect(await sendWhenAsked(unlocking, null, mail)).toMatchObject({ asked: true });
    const upload = await sendWhenAsked(`${server.url}/api/v2/upload-asset`, null, body);
    expect(upload).toEqual({ asked: false, status: 401 });
  });

  it('is waited for when the server stops', async () => {
    const server = createServer();
    const answered: string[] = [];
    server.on('checkContinue', async (request, response) => {
      response.writeContinue();
      request.resume();
      await delay(300);
      answered.push('answered');
      response.end();
    });
    const drain = createDrain(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === 'string') throw new Error('There is no port.');
    const sending = sendWhenAsked(`http://127.0.0.1:${address.port}/`, null, '{}');
    await once(server, 'checkContinue');
    await drain();
    expect(answered).toEqual(['answered']);
    expect(await sending).toEqual({ asked: true, status: 200 });
  });
});
