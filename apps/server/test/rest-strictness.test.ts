import { problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

describe('the HTTP API takes nothing for granted', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  const problemOf = async (answer: Response) => problemSchema.parse(await answer.json());

  it.each([
    ['/api/v2/assets?client_id=zzz', 'client_id'],
    ['/api/clients?achived=true', 'achived'],
  ])('%s names the parameter that it does not know, and those it does', async (address, name) => {
    const answer = await server.request(address);
    expect(answer.status).toBe(400);
    const problem = await problemOf(answer);
    expect(problem.code).toBe('invalid_input');
    expect(problem.detail).toMatch(new RegExp(`^${name}: .* it knows .*`));
    expect(problem.issues).toMatchObject([{ path: [name] }]);
  });

  it('knows a parameter by the origin’s name too', async () => {
    expect((await server.request('/api/v2/assets?asset_type=image&limit=1')).status).toBe(200);
  });

  it('does not let a query name another client than the path does', async () => {
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const other = await server.create('/api/clients', { name: 'Southwind' });
    const answer = await server.request(`/api/v2/clients/${clientId}/assets?clientId=${other}`);
    expect(answer.status).toBe(400);
  });

  it.each(['clients', 'campaigns'])('deletes one of the %s only as it was read', async (kind) => {
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const id =
      kind === 'clients' ? clientId : await server.create('/api/campaigns', { clientId, name: 'Spring' });
    const address = `/api/${kind}/${id}`;
    expect((await server.request(address, jsonRequest('PATCH', { name: 'Renamed' }))).status).toBe(200);
    const stale = await server.request(address, { method: 'DELETE', headers: { 'if-match': '"1"' } });
    expect([stale.status, (await problemOf(stale)).code]).toEqual([409, 'conflict']);
    expect((await server.request(address)).status).toBe(200);
    const fresh = await server.request(address, { method: 'DELETE', headers: { 'if-match': '"2"' } });
    expect(fresh.status).toBe(200);
    expect((await server.request(address)).status).toBe(404);
  });
});
