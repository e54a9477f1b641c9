import {
  type ApiKey,
  apiKeySchema,
  assetSchema,
  auditPageSchema,
  type IssuedKey,
  issuedKeySchema,
  problemSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signIn } from './people-requests.ts';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

const dayMs = 86_400_000;

describe('API keys', () => {
  let server: TestServer;
  let clientId: string;
  let otherId: string;
  let assetId: string;
  let member: TestUser;
  const cookies = new Map<TestUser, string>();

  /** As whoever is signed in. */
  async function ask(who: TestUser, method: string, address: string, body?: object): Promise<Response> {
    const cookie = cookies.get(who) ?? (await signIn(server, who.email, who.password)).cookie;
    cookies.set(who, cookie);
    const { headers, ...init } = body ? jsonRequest(method, body) : { headers: {}, method };
    return server.request(address, {
      ...init,
      key: null,
      headers: { ...headers, cookie, origin: server.url },
    });
  }
  async function make(who: TestUser, change: object = {}): Promise<IssuedKey> {
    const answer = await ask(who, 'POST', '/api/keys', { name: 'robot', scopes: ['assets:read'], ...change });
    expect(answer.status).toBe(201);
    return issuedKeySchema.parse(await answer.json());
  }
  const listed = async (who: TestUser): Promise<ApiKey[]> =>
    z.array(apiKeySchema).parse(await (await ask(who, 'GET', '/api/keys')).json());
  const grant = (who: TestUser, client: string, role: string) =>
    server.request(
      '/api/grants',
      jsonRequest('POST', { kind: 'client', clientId: client, userId: who.id, role }),
    );
  const statusOf = async (address: string, key: string) => (await server.request(address, { key })).status;
  const problem = async (answer: Response) => problemSchema.parse(await answer.json());

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    otherId = await server.create('/api/clients', { name: 'Tailspin' });
    const form = formOf([
      { name: 'clientId', value: clientId },
      { name: 'file', value: await smallPng(1), fileName: 'one.png' },
    ]);
    const made = await server.request('/api/v2/upload-asset', { method: 'POST', body: form });
    assetId = assetSchema.parse(await made.json()).id;
    member = await server.addUser('member');
    await grant(member, clientId, 'viewer');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('are made with scopes, clients and an end, shown once, and tell when they were used', async () => {
    const before = Date.now();
    const { key, ...made } = await make(member, { clientIds: [clientId] });
    expect(made).toMatchObject({
      name: 'robot',
      start: key.slice(0, 10),
      scopes: ['assets:read'],
      clientIds: [clientId],
      person: { id: member.id, email: member.email },
      lastUsedAt: null,
    });
    const days = (Date.parse(made.expiresAt ?? '') - before) / dayMs;
    expect(days).toBeCloseTo(90, 2);
    expect(await statusOf(`/api/v2/assets/${assetId}/metadata`, key)).toBe(200);
    const [found] = await listed(member);
    expect(found).toEqual({ ...made, lastUsedAt: expect.any(String) });
    expect(Date.parse(found?.lastUsedAt ?? '')).toBeGreaterThanOrEqual(before);
    expect(JSON.stringify(await listed(member))).not.toContain(key);
  });

  it('are refused for what they cannot be', async () => {
    const at = (days: number) => new Date(Date.now() + days * dayMs).toISOString();
    for (const [change, word] of [
      [{ scopes: [] }, 'scope'],
      [{ scopes: ['everything'] }, 'scopes'],
      [{ name: ' ' }, 'name'],
      [{ clientIds: [] }, 'clientIds'],
      [{ expiresAt: at(366) }, '365 days'],
      [{ expiresAt: at(-1) }, 'passed'],
      [{ expiresAt: null }, 'expiresAt'],
      [{ userId: server.owner.id }, 'userId'],
    ] as const) {
      const body = { name: 'robot', scopes: ['assets:read'], ...change };
      const answer = await ask(member, 'POST', '/api/keys', body);
      expect(answer.status, word).toBe(400);
      expect((await problem(answer)).detail, word).toContain(word);
    }
  });

  it('name only clients that whoever makes them sees, which are told apart from none by nothing', async () => {
    const nowhere = clientId.replace(/.{12}$/, '000000000000');
    const answers = await Promise.all(
      [otherId, nowhere].map(async (id) => {
        const body = { name: 'robot', scopes: ['assets:read'], clientIds: [clientId, id] };
        const { status, detail } = await problem(await ask(member, 'POST', '/api/keys', body));
        return { status, detail };
      }),
    );
    expect(answers).toEqual([1, 2].map(() => ({ status: 404, detail: 'There is no such client.' })));
    const { id } = await make(member);
    expect((await ask(member, 'PATCH', `/api/keys/${id}`, { clientIds: [otherId] })).status).toBe(404);
  });

  it('reach the clients they are bound to and no other, and nothing that is about all', async () => {
    const { key } = await make(server.owner, {
      scopes: ['clients:read', 'clients:write'],
      clientIds: [otherId],
    });
    expect(await statusOf(`/api/clients/${otherId}`, key)).toBe(200);
    expect(await statusOf(`/api/clients/${clientId}`, key)).toBe(404);
    const made = await server.request('/api/clients', { ...jsonRequest('POST', { name: 'New' }), key });
    expect(made.status).toBe(403);
  });

  it('are never above their user: a grant that is taken back and a role that is lowered count at once', async () => {
    const user = await server.addUser('admin');
    const { key } = await make(user, { scopes: ['assets:read', 'jobs:manage'] });
    expect(await statusOf('/api/jobs', key)).toBe(200);
    expect(await statusOf(`/api/v2/assets/${assetId}/data`, key)).toBe(200);
    server.sql(`update users set role = 'member' where id = '${user.id}'`);
    server.composition.authenticator.forget();
    expect(await statusOf('/api/jobs', key)).toBe(403);
    expect(await statusOf(`/api/v2/assets/${assetId}/data`, key)).toBe(404);
    await grant(user, clientId, 'viewer');
    expect(await statusOf(`/api/v2/assets/${assetId}/data`, key)).toBe(200);
    const back = { kind: 'client', clientId, userId: user.id };
    await server.request('/api/grants/remove', jsonRequest('POST', back));
    expect(await statusOf(`/api/v2/assets/${assetId}/data`, key)).toBe(404);
  });

  it('make, list, change and revoke no keys, whatever their scopes', async () => {
    const { id, key } = await make(server.owner, {
      scopes: ['assets:read', 'assets:write', 'clients:read', 'clients:write', 'jobs:manage'],
    });
    const calls = [
      ['GET', '/api/keys', undefined],
      ['POST', '/api/keys', { name: 'heir', scopes: ['assets:read'] }],
      ['PATCH', `/api/keys/${id}`, { name: 'heir' }],
      ['DELETE', `/api/keys/${id}`, undefined],
    ] as const;
    for (const [method, address, body] of calls) {
      const init = body ? jsonRequest(method, body) : { method };
      const answer = await server.request(address, { ...init, key });
      expect([address, answer.status]).toEqual([address, 403]);
    }
    expect((await listed(server.owner)).map(({ name }) => name)).not.toContain('heir');
  });

  it('are changed by their users alone, from the next look on', async () => {
    const made = await make(member);
    const change = (who: TestUser, body: object) => ask(who, 'PATCH', `/api/keys/${made.id}`, body);
    expect((await change(server.owner, { name: 'taken' })).status).toBe(404);
    expect(await statusOf('/api/clients', made.key)).toBe(403);
    const answer = await change(member, { scopes: ['clients:read'], name: 'reader' });
    expect(apiKeySchema.parse(await answer.json())).toEqual({
      ...apiKeySchema.strip().parse(made),
      scopes: ['clients:read'],
      name: 'reader',
      lastUsedAt: expect.any(String),
    });
    server.composition.authenticator.forget();
    expect(await statusOf('/api/clients', made.key)).toBe(200);
    expect(await statusOf('/api/v2/assets', made.key)).toBe(403);
  });

  it('are seen by their users and by admins, and revoked by these; an owner’s by owners', async () => {
    const admin = await server.addUser('admin');
    const stranger = await server.addUser('member');
    const ofMember = await make(member);
    const ofOwner = await make(server.owner);
    const ids = async (who: TestUser) => (await listed(who)).map(({ id }) => id);
    expect(await ids(admin)).toEqual(expect.arrayContaining([ofMember.id, ofOwner.id]));
    expect(await ids(member)).not.toContain(ofOwner.id);
    expect(new Set((await listed(stranger)).map(({ person }) => person.id))).toEqual(new Set([stranger.id]));
    const revoke = async (who: TestUser, id: string) => (await ask(who, 'DELETE', `/api/keys/${id}`)).status;
    expect(await revoke(stranger, ofMember.id)).toBe(404);
    expect(await revoke(admin, ofOwner.id)).toBe(403);
    expect(await revoke(admin, ofMember.id)).toBe(200);
    expect(await revoke(admin, ofMember.id)).toBe(404);
    expect(await revoke(server.owner, ofOwner.id)).toBe(200);
  });

  it('are noted in the audit log with whoever it was and where from, without the key', async () => {
    const { id, key } = await make(member, { name: 'noted' });
    await ask(member, 'PATCH', `/api/keys/${id}`, { name: 'noted again' });
    await ask(server.owner, 'DELETE', `/api/keys/${id}`);
    const answer = await ask(server.owner, 'GET', '/api/audit?action=apikey&limit=3');
    const { items } = auditPageSchema.parse(await answer.json());
    expect(items.map(({ action, targetId, who, address }) => [action, targetId, who.id, address])).toEqual([
      ['apikey.delete', id, server.owner.id, '127.0.0.1'],
      ['apikey.update', id, member.id, '127.0.0.1'],
      ['apikey.create', id, member.id, '127.0.0.1'],
    ]);
    expect(items[1]).toMatchObject({ before: { name: 'noted' }, after: { name: 'noted again' } });
    expect(JSON.stringify(items)).not.toContain(key);
  });

  it('are made as a whole or not at all: without its event there is no key', async () => {
    server.sql(
      "create trigger broken before insert on audit_events begin select raise(abort, 'broken'); end",
    );
    const body = { name: 'half a key', scopes: ['assets:read'] };
    expect((await ask(member, 'POST', '/api/keys', body)).status).toBe(500);
    server.sql('drop trigger broken');
    expect((await listed(member)).map(({ name }) => name)).not.toContain('half a key');
  });

  it('have no way around: the identity library’s own addresses for keys are closed', async () => {
    const { id } = await make(member);
    for (const verb of ['create', 'update', 'delete']) {
      const answer = await ask(member, 'POST', `/api/auth/api-key/${verb}`, { keyId: id, name: 'around' });
      expect([verb, answer.status]).toEqual([verb, 404]);
    }
    for (const verb of ['list', `get?id=${id}`]) {
      expect((await ask(member, 'GET', `/api/auth/api-key/${verb}`)).status).toBe(404);
    }
  });

  it('end within a second of being revoked, however busy they are', async () => {
    const { id, key } = await make(member, { scopes: ['assets:read', 'clients:read'] });
    const asset = assetSchema.parse(
      await (await server.request(`/api/v2/assets/${assetId}/metadata`, { key })).json(),
    );
    const addresses = [
      { address: '/api/clients', key },
      { address: `/api/v2/assets/${assetId}/metadata`, key },
      { address: `/api/v2/assets/${assetId}/data`, key },
      // Signed for the key: whoever holds the address needs no credential.
      { address: asset.url, key: null },
    ];
    let stop = false;
    let uses = 0;
    let lastUse = 0;
    const busy = addresses.map(async ({ address, key }) => {
      while (!stop) {
        const asked = performance.now();
        const answer = await server.request(address, { key });
        await answer.arrayBuffer();
        if (answer.status !== 200) continue;
        uses += 1;
        lastUse = Math.max(lastUse, asked);
      }
    });
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    await wait(700);
    expect((await ask(member, 'DELETE', `/api/keys/${id}`)).status).toBe(200);
    const revoked = performance.now();
    await wait(1500);
    stop = true;
    await Promise.all(busy);
    expect(uses).toBeGreaterThan(20);
    expect(lastUse - revoked).toBeLessThan(1000);
    for (const { address, ...as } of addresses) {
      expect([401, 404], address).toContain((await server.request(address, as)).status);
    }
  });

  it('end when their time has come', async () => {
    const { key } = await make(member, { expiresAt: new Date(Date.now() + 400).toISOString() });
    expect(await statusOf('/api/v2/self', key)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await statusOf('/api/v2/self', key)).toBe(401);
  });
});
