import { problemSchema } from '@vitrine/schema';
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

  it('that does not exist answers 404, as a problem that names the address', async () => {
    const answer = await server.request('/api/nothing');
    expect(problemSchema.parse(await answer.json())).toMatchObject({
      status: 404,
      code: 'not_found',
      detail: 'Nothing answers GET /api/nothing.',
    });
    expect((await server.request('/trpc/no.such')).status).toBe(404);
  });
});
