import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mountRoutes } from '../src/http/declared-route.ts';
import { startServer, type TestServer } from './start-server.ts';

describe('a route that is no procedure', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('keeps the server from starting when it declares no permission that exists', () => {
    const undeclared = {
      method: 'get',
      paths: ['/secret'],
      permission: 'asset.explode',
      handle: async () => {},
    } as const;
    expect(() => {
      // @ts-expect-error the compiler refuses it as well
      mountRoutes(Router(), [undeclared], server);
    }).toThrow('/secret');
  });

  it('is refused without a credential unless it is open to everybody', async () => {
    const id = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
    for (const address of [`/api/v2/assets/${id}`, `/api/v2/assets/${id}/data`]) {
      expect((await server.request(address, { key: null })).status, address).toBe(401);
    }
    for (const address of ['/livez', '/readyz', '/version', '/openapi.json', '/docs']) {
      expect((await server.request(address, { key: null })).status, address).toBe(200);
    }
  });

  it('that does not exist answers 404 as a problem below /api and /trpc', async () => {
    for (const address of ['/api/nothing', '/api/v2/nothing', '/trpc/no.such']) {
      const answer = await server.request(address);
      expect(answer.status, address).toBe(404);
    }
  });
});
