import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DashboardPage, openDashboard } from '../dashboard-page.ts';
import { startServer, type TestServer } from '../start-server.ts';

/** Runs in the other site's page: each try as a form that is sent, or as a request with the browser's cookies. */
const tries = (server: string, clientId: string) => `(async () => {
  const json = JSON.stringify({ name: 'Forged' });
  const form = (path, enctype, fields) => new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.name = 'f' + Math.random();
    const sent = document.createElement('form');
    Object.assign(sent, { action: '${server}' + path, method: 'POST', enctype, target: frame.name });
    for (const [name, value] of Object.entries(fields)) {
      const field = document.createElement('input');
      if (value instanceof File) {
        const files = new DataTransfer();
        files.items.add(value);
        field.type = 'file';
        field.files = files.files;
      } else field.value = value;
      field.name = name;
      sent.append(field);
    }
    document.body.append(frame, sent);
    setTimeout(resolve, 700);
    sent.submit();
  });
  const ask = (path, init) => fetch('${server}' + path, { credentials: 'include', ...init }).catch(() => null);
  const text = (body) => ({ method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body });
  const file = new File(['Forged, and of no use.'], 'forged.txt');
  const upload = new FormData();
  upload.append('clientId', '${clientId}');
  upload.append('file', file);
  await Promise.all([
    form('/api/clients', 'application/x-www-form-urlencoded', { name: 'Forged' }),
    form('/api/clients', 'text/plain', { '{"name":"Forged","description":"': '"}' }),
    form('/trpc/client.create', 'text/plain', { '{"name":"Forged","description":"': '"}' }),
    form('/trpc/client.create', 'application/x-www-form-urlencoded', { name: 'Forged' }),
    form('/api/v2/upload-asset', 'multipart/form-data', { clientId: '${clientId}', file }),
    form('/api/auth/sign-out', 'text/plain', { '{"a":"': '"}' }),
    form('/api/clients/${clientId}', 'application/x-www-form-urlencoded', { _method: 'DELETE' }),
    ask('/api/clients', text(json)),
    ask('/trpc/client.create', text(json)),
    ask('/trpc/client.create?batch=1', text('{"0":' + json + '}')),
    ask('/trpc/client.create?input=' + encodeURIComponent(json), { mode: 'no-cors' }),
    ask('/api/v2/upload-asset', { method: 'POST', mode: 'no-cors', body: upload }),
    ask('/api/auth/sign-out', text('{}')),
    ask('/api/clients', { method: 'POST', headers: { 'content-type': 'application/json' }, body: json }),
    ask('/api/clients/${clientId}', { method: 'DELETE' }),
    ask('/api/tus', { method: 'POST', headers: { 'tus-resumable': '1.0.0', 'upload-length': '5', 'upload-metadata': 'clientId ' + btoa('${clientId}') } }),
    ask('/api/tus', { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body: 'abcde' }),
  ]);
})()`;

describe('a page of another site', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let other: Server;
  let port: number;
  let clientId: string;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    other = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Another site</title>');
    });
    await once(other.listen(0), 'listening');
    const address: AddressInfo = Object(other.address());
    port = address.port;
    dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
  });
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    other?.closeAllConnections();
    other?.close();
    await server?.[Symbol.asyncDispose]();
  });

  async function state() {
    const clients = await (await server.request('/api/clients')).json();
    const log = await (await server.request('/api/audit.jsonl')).text();
    return { clients, events: log.trim().split('\n').length, ...(await server.leftovers()) };
  }

  // Another port of the same host is the same site to the browser, which sends its cookies along; another host is not.
  it.each(['localhost', '127.0.0.1'])(
    'at %s changes nothing with the cookies of the browser',
    async (host) => {
      const { page, context } = dashboard;
      const before = await state();
      const cookies: boolean[] = [];
      page.on('request', async (request) => {
        if (request.method() !== 'POST' || !request.url().startsWith(server.url)) return;
        cookies.push(Boolean((await request.allHeaders().catch(() => null))?.['cookie']));
      });
      await page.goto(`http://${host}:${port}/`);
      await page.evaluate(tries(server.url, clientId));
      page.removeAllListeners('request');
      expect(await state()).toEqual(before);
      expect(cookies.length).toBeGreaterThan(5);
      // The tries are worth something only where the cookie went with them.
      if (host === 'localhost') expect(cookies.filter(Boolean).length).toBeGreaterThan(5);
      const [session] = await context.cookies(server.url);
      const self = await fetch(`${server.url}/trpc/system.self`, {
        headers: { cookie: `${session?.name}=${session?.value}` },
      });
      const { result } = z.object({ result: z.object({ data: z.unknown() }) }).parse(await self.json());
      expect(result.data).toMatchObject({ userId: server.owner.id });
    },
  );
});
