import { setTimeout } from 'node:timers/promises';
import { type PostgresServer, startPostgres } from '@vitrine/db/testing';
import { guestFilePageSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accountOf, invite, open, send, signIn, tokenOf } from './people-requests.ts';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

const idSchema = z.object({ id: z.string(), url: z.string() });
const shareListSchema = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), uses: z.number() })),
});

function createLinks(server: TestServer) {
  const post = (address: string, body: object, { key }: Pick<TestUser, 'key'> = server.owner) =>
    server.request(address, { ...jsonRequest('POST', body), key });
  return {
    post,
    async upload(clientId: string): Promise<string> {
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'file', value: await smallPng(Math.floor(Math.random() * 1e6)), fileName: 'a.png' },
      ];
      const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
      return z.object({ id: z.string() }).parse(await answer.json()).id;
    },
    async share(target: object, settings: object = {}, by: Pick<TestUser, 'key'> = server.owner) {
      const answer = await post('/api/shares', { name: 'For you', target, ...settings }, by);
      const [link] = z.array(idSchema).parse(await answer.json());
      if (!link) throw new Error('No link was made.');
      return { id: link.id, page: new URL(link.url).pathname.replace('/s/', '/api/s/') };
    },
    visit: (page: string, init: RequestInit = {}) => server.request(page, { ...init, key: null }),
    async links(clientId: string, { key }: Pick<TestUser, 'key'> = server.owner) {
      const answer = await server.request(`/api/clients/${clientId}/shares`, { key });
      return answer.ok ? shareListSchema.parse(await answer.json()).items : answer.status;
    },
  };
}

describe('links', () => {
  let server: TestServer;
  let clientId: string;
  let campaignId: string;
  beforeAll(async () => {
    server = await startServer({ VITRINE_TRUSTED_PROXIES: '127.0.0.1/32' });
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  it('begin no visit with a password that was changed while it was looked at', async () => {
    const { share, visit, upload } = createLinks(server);
    const link = await share({ kind: 'asset', assetId: await upload(clientId) }, { password: 'the old one' });
    const unlock = () => visit(`${link.page}/unlock`, jsonRequest('POST', { password: 'the old one' }));
    const tries = Array.from({ length: 5 }, unlock);
    const changed = await server.request(
      `/api/shares/${link.id}`,
      jsonRequest('PATCH', { password: 'the new one' }),
    );
    expect(changed.status).toBe(200);
    const cookies = (await Promise.all(tries)).map(
      (answer) => answer.headers.get('set-cookie')?.split(';')[0],
    );
    for (const cookie of cookies) {
      const page = await visit(link.page, { headers: cookie ? { cookie } : {} });
      expect(await page.json()).toEqual({ state: 'locked' });
    }
  });

  it('are not used up by a program that only asks whether they work', async () => {
    const { share, visit, upload } = createLinks(server);
    const { page } = await share({ kind: 'asset', assetId: await upload(clientId) }, { maxUses: 1 });
    for (let times = 0; times < 3; times += 1)
      expect((await visit(page, { method: 'HEAD' })).status).toBe(200);
    expect((await visit(page)).status).toBe(200);
    expect((await visit(page)).status).toBe(404);
  });

  it('whose maker does not see their target any more are as gone as those that never were, and count no visit', async () => {
    const { share, visit, post, links } = createLinks(server);
    const member = await server.addUser('member');
    const grant = (role: string) =>
      server.request(
        '/api/grants',
        jsonRequest('POST', { kind: 'client', clientId, userId: member.id, role }),
      );
    expect((await grant('editor')).status).toBe(200);
    const made = await post('/api/v2/collections', { clientId, kind: 'list', name: 'Best' }, member);
    const collection = z.object({ id: z.string() }).parse(await made.json());
    const { id, page } = await share({ kind: 'collection', collectionId: collection.id }, {}, member);
    const campaign = { kind: 'campaign', campaignId, userId: member.id, role: 'editor' };
    expect((await server.request('/api/grants', jsonRequest('POST', campaign))).status).toBe(200);
    const gone = await post('/api/grants/remove', { kind: 'client', clientId, userId: member.id });
    expect(gone.status).toBe(200);
    const answer = z.object({ detail: z.string() }).parse(await (await visit(page)).json());
    const unknown = await (await visit('/api/s/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).json();
    expect(answer).toMatchObject({ detail: z.object({ detail: z.string() }).parse(unknown).detail });
    expect(await links(clientId)).toContainEqual(expect.objectContaining({ id, uses: 0 }));
  });

  it('that somebody made who may share a part of the client are listed for them, and those of others are not', async () => {
    const { share, links, upload } = createLinks(server);
    const other = await share({ kind: 'asset', assetId: await upload(clientId) });
    const member = await server.addUser('member');
    const campaign = { kind: 'campaign', campaignId, userId: member.id, role: 'editor' };
    expect((await server.request('/api/grants', jsonRequest('POST', campaign))).status).toBe(200);
    const own = await share({ kind: 'campaign', campaignId }, { name: 'Mine' }, member);
    const listed = await links(clientId, member);
    expect(listed).toEqual([expect.objectContaining({ id: own.id, name: 'Mine' })]);
    expect(await links(clientId)).toContainEqual(expect.objectContaining({ id: other.id }));
  });

  it('are not named to those who may not share', async () => {
    const { share, upload } = createLinks(server);
    const assetId = await upload(clientId);
    await share({ kind: 'asset', assetId }, { name: 'For Rival Ltd' });
    const viewer = await server.addUser('member');
    const grant = { kind: 'client', clientId, userId: viewer.id, role: 'viewer' };
    await server.request('/api/grants', jsonRequest('POST', grant));
    const uses = async ({ key }: TestUser) =>
      (await server.request(`/api/v2/assets/${assetId}/uses`, { key })).json();
    expect(await uses(server.owner)).toMatchObject({ shares: [{ name: 'For Rival Ltd' }] });
    expect(await uses(viewer)).toMatchObject({ shares: [] });
  });

  it('that take files take ten wrong passwords from a network, and any number of right ones', async () => {
    const { post, visit } = createLinks(server);
    const made = await post('/api/upload-links', { campaignId, name: 'Send', password: 'open sesame' });
    const page = new URL(idSchema.parse(await made.json()).url).pathname.replace('/u/', '/api/u/');
    const unlock = async (password: string, address: string) => {
      const { headers, ...init } = jsonRequest('POST', { password });
      return (await visit(`${page}/unlock`, { ...init, headers: { ...headers, 'x-forwarded-for': address } }))
        .status;
    };
    for (let times = 0; times < 12; times += 1)
      expect(await unlock('open sesame', '2001:db8:1::1')).toBe(200);
    for (let times = 0; times < 10; times += 1)
      expect(await unlock('wrong', `2001:db8::${times + 1}`)).toBe(403);
    expect(await unlock('wrong', '2001:db8::ffff')).toBe(429);
    expect(await unlock('open sesame', '2001:db8:1::1')).toBe(200);
  });

  it('that take files take a hundred wrong passwords from all together; right ones count for nothing', async () => {
    const { post, visit } = createLinks(server);
    const made = await post('/api/upload-links', { campaignId, name: 'Send', password: 'open sesame' });
    const { id, url } = idSchema.parse(await made.json());
    const page = new URL(url).pathname.replace('/u/', '/api/u/');
    let senders = 0;
    const unlock = async (password: string) => {
      senders += 1;
      const { headers, ...init } = jsonRequest('POST', { password });
      const from = { ...headers, 'x-forwarded-for': `192.0.2.${senders}` };
      return (await visit(`${page}/unlock`, { ...init, headers: from })).status;
    };
    expect(await unlock('wrong')).toBe(403);
    // As after ninety-eight more, each of which takes a tenth of a second.
    server.sql(`update verifications set value = '99' where id = 'upload-link:${id}'`);
    expect(await unlock('open sesame')).toBe(200);
    expect(await unlock('wrong')).toBe(403);
    expect(await unlock('wrong')).toBe(429);
    expect(await unlock('open sesame')).toBe(429);
  });
});

describe('addresses that work once', () => {
  it('to another password end with the first that is used', async () => {
    await using server = await startServer();
    const person = await server.addUser('member');
    const ask = async () =>
      z
        .object({ url: z.string() })
        .parse(await (await send(server, `/api/accounts/${person.id}/reset-link`, {})).json());
    const [older, newer] = [await ask(), await ask()];
    const reset = (link: { url: string }, password: string) =>
      open(server, 'account.reset', { token: tokenOf(link), password });
    expect((await reset(newer, 'repaired by myself')).ok).toBe(true);
    expect((await reset(older, 'taken over again')).problem).toMatchObject({ code: 'not_found' });
    expect((await signIn(server, person.email, 'repaired by myself')).status).toBe(200);
  });

  it('to join end with a newer invitation of the same person', async () => {
    await using server = await startServer();
    const older = await invite(server, 'ada@vitrine.example', 'admin');
    const newer = await invite(server, 'ada@vitrine.example', 'member');
    const join = (link: { url: string | null }) =>
      open(server, 'account.join', { token: tokenOf(link), name: 'Ada', password: 'a long enough password' });
    expect((await join(older)).ok).toBe(false);
    expect((await join(newer)).ok).toBe(true);
    expect(await accountOf(server, 'ada@vitrine.example')).toMatchObject({ role: 'member' });
  });
});

describe('on PostgreSQL, where transactions run side by side', () => {
  let postgres: PostgresServer;
  let server: TestServer;
  beforeAll(async () => {
    postgres = await startPostgres();
    server = await startServer({ VITRINE_DATABASE_URL: postgres.url });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await postgres?.[Symbol.asyncDispose]();
  });

  it('two owners who demote each other leave one', async () => {
    const second = await server.addUser('owner');
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all([
        send(server, `/api/accounts/${second.id}/role`, { role: 'admin' }),
        send(server, `/api/accounts/${server.owner.id}/role`, { role: 'admin' }, second),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
      const owners = await server.composition.database.read((readers) => readers.people.countOwners());
      expect(owners).toBe(1);
      await server.composition.database.transaction(async ({ people }) => {
        for (const { id } of await people.list()) await people.setRole(id, 'owner', Date.now());
      });
    }
  });

  it('a password that was set on a link stays, whatever else of it others change at the same time', async () => {
    const { share, visit, upload } = createLinks(server);
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const assetId = await upload(clientId);
    for (let round = 0; round < 5; round += 1) {
      const link = await share({ kind: 'asset', assetId });
      const change = (body: object) => server.request(`/api/shares/${link.id}`, jsonRequest('PATCH', body));
      let isSet = false;
      // A password takes a tenth of a second to hash: others change the link all the while.
      const others = Array.from({ length: 4 }, async (_, index) => {
        while (!isSet) expect((await change({ name: `Name ${index}` })).status).toBe(200);
      });
      expect((await change({ password: 'locked now' })).status).toBe(200);
      isSet = true;
      await Promise.all(others);
      expect(await (await visit(link.page)).json()).toEqual({ state: 'locked' });
    }
  });

  it('a file that is accepted and refused at the same time is one or the other, and whoever was slower hears so', async () => {
    const { post, visit } = createLinks(server);
    const clientId = await server.create('/api/clients', { name: 'Westwind' });
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    const made = await post('/api/upload-links', { campaignId, name: 'Send' });
    const page = new URL(idSchema.parse(await made.json()).url).pathname.replace('/u/', '/api/u/');
    const rounds = 10;
    for (let round = 0; round < rounds; round += 1) {
      const file = { name: 'file', value: await smallPng(7000 + round), fileName: 'a.png' };
      const body = formOf([{ name: 'sender', value: 'Kim' }, file]);
      expect((await visit(page, { method: 'POST', body })).status).toBe(201);
    }
    const inbox = await server.request(`/api/clients/${clientId}/guest-files`);
    const sent = guestFilePageSchema.parse(await inbox.json()).items;
    expect(sent).toHaveLength(rounds);
    for (const [round, { id }] of sent.entries()) {
      const decide = (what: string) => server.request(`/api/guest-files/${id}/${what}`, { method: 'POST' });
      const accepted = decide('accept');
      // Refused at each moment of the other's work.
      await setTimeout(round * 6);
      const statuses = (await Promise.all([accepted, decide('refuse')])).map(({ status }) => status);
      expect(statuses.toSorted(), `round ${round}`).toEqual([200, 409]);
    }
    const decided = await server.request(`/api/clients/${clientId}/guest-files`);
    const { items } = guestFilePageSchema.parse(await decided.json());
    const accepted = items.filter(({ state, assetId }) => state === 'accepted' && assetId !== null);
    expect((await server.leftovers()).staging).toBe(0);
    const assets = await server.request(`/api/v2/clients/${clientId}/assets`);
    expect(z.array(z.unknown()).parse(await assets.json())).toHaveLength(accepted.length);
  });

  it('a campaign is not deleted together with an upload link that was just made', async () => {
    const { post } = createLinks(server);
    const clientId = await server.create('/api/clients', { name: 'Eastwind' });
    for (let round = 0; round < 12; round += 1) {
      const campaignId = await server.create('/api/campaigns', { clientId, name: `Round ${round}` });
      const [made, deleted] = await Promise.all([
        post('/api/upload-links', { campaignId, name: 'Send' }),
        server.request(`/api/campaigns/${campaignId}`, { method: 'DELETE' }),
      ]);
      expect([made.ok, deleted.ok]).not.toEqual([true, true]);
    }
  });
});
