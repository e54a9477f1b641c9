import { auditGenesis, auditHash } from '@vitrine/core';
import {
  type AuditEntry,
  type AuditPage,
  assetSchema,
  auditEventSchema,
  auditPageSchema,
  problemSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

describe('the audit log over HTTP', () => {
  let server: TestServer;
  let clientId: string;
  let foreignId: string;
  let assetId: string;
  let viewer: TestUser;
  let editor: TestUser;
  let manager: TestUser;

  const send = (address: string, body: object, key = server.owner.key, method = 'POST') =>
    server.request(address, { ...jsonRequest(method, body), key });

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    foreignId = await server.create('/api/clients', { name: 'Tailspin' });
    [viewer, editor, manager] = await Promise.all([1, 2, 3].map(() => server.addUser('member'))).then(
      ([one, two, three]) => {
        if (!one || !two || !three) throw new Error('Three were added.');
        return [one, two, three] as const;
      },
    );
    for (const [user, role] of [
      [viewer, 'viewer'],
      [editor, 'editor'],
      [manager, 'manager'],
    ] as const) {
      await send('/api/grants', { kind: 'client', clientId, userId: user.id, role });
    }
    const form = formOf([
      { name: 'clientId', value: clientId },
      { name: 'file', value: await smallPng(1), fileName: 'one.png' },
    ]);
    const made = await server.request('/api/v2/upload-asset', { method: 'POST', body: form });
    assetId = assetSchema.parse(await made.json()).id;
    await send(`/api/v2/assets/${assetId}`, { name: 'two.png' }, editor.key, 'PATCH');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function read(address: string, user: TestUser = server.owner): Promise<AuditPage> {
    const answer = await server.request(address, { key: user.key });
    expect(answer.status, address).toBe(200);
    return auditPageSchema.parse(await answer.json());
  }
  const refusal = async (address: string, user: TestUser) => {
    const { status, code, detail } = problemSchema.parse(
      await (await server.request(address, { key: user.key })).json(),
    );
    return { status, code, detail };
  };
  const first = ({ items: [entry] }: AuditPage): AuditEntry => {
    if (!entry) throw new Error('There is no event.');
    return entry;
  };
  const activity = () => `/api/v2/assets/${assetId}/activity`;

  it('tells whoever sees an asset what was done to it and by whom, and more to those who edit and manage it', async () => {
    const seen = await read(activity(), viewer);
    expect(seen.items.map(({ action }) => action)).toEqual(['asset.update', 'asset.create']);
    const common = {
      action: 'asset.update',
      who: { kind: 'api_key', userId: editor.id, email: editor.email },
    };
    const values = { before: { name: 'one.png' }, after: { name: 'two.png' } };
    expect(first(seen)).toMatchObject({
      ...common,
      before: null,
      after: null,
      address: null,
      requestId: null,
    });
    expect(first(await read(activity(), editor))).toMatchObject({
      ...common,
      ...values,
      address: null,
      requestId: null,
    });
    const all = { ...common, ...values, address: '127.0.0.1', requestId: expect.any(String) };
    expect(first(await read(activity(), manager))).toMatchObject(all);
    expect(first(await read(activity()))).toMatchObject(all);
  });

  it('tells a client’s managers what was done at it, and nobody else', async () => {
    const address = `/api/clients/${clientId}/activity`;
    const seen = await read(address, manager);
    expect(new Set(seen.items.map((entry) => entry.clientId))).toEqual(new Set([clientId]));
    expect(seen.items.map(({ action }) => action)).toEqual([
      'asset.update',
      'asset.create',
      'grant.set',
      'grant.set',
      'grant.set',
      'client.create',
    ]);
    const nowhere = `/api/clients/${clientId.replace(/.{12}$/, '000000000000')}/activity`;
    for (const user of [viewer, editor])
      expect(await refusal(address, user)).toEqual(await refusal(nowhere, user));
    expect(await refusal(`/api/clients/${foreignId}/activity`, manager)).toEqual(
      await refusal(nowhere, manager),
    );
    expect((await refusal(nowhere, manager)).status).toBe(404);
  });

  it('leaves out of a client’s activity what a manager may not see of it', async () => {
    const kept = await server.addUser('member');
    await send('/api/grants', { kind: 'client', clientId, userId: kept.id, role: 'manager' });
    await send('/api/grants', { kind: 'asset', assetId, userId: kept.id, role: 'none' });
    const { items } = await read(`/api/clients/${clientId}/activity`, kept);
    expect(items.filter(({ targetId }) => targetId === assetId)).toEqual([]);
    expect(items.map(({ action }) => action)).toContain('client.create');
    expect((await refusal(activity(), kept)).status).toBe(404);
  });

  it('tells owners and admins everything, and members nothing', async () => {
    const admin = await server.addUser('admin');
    const actions = new Set((await read('/api/audit?limit=100', admin)).items.map(({ action }) => action));
    for (const action of ['user.create', 'apikey.create', 'client.create']) expect(actions).toContain(action);
    expect(await refusal('/api/audit', manager)).toMatchObject({ status: 403 });
    expect((await server.request('/api/audit.jsonl', { key: manager.key })).status).toBe(403);
    const narrow = await server.addUser('owner', ['assets:read', 'clients:read']);
    expect(await refusal('/api/audit', narrow)).toMatchObject({
      detail: expect.stringContaining('jobs:manage'),
    });
  });

  it('is found by who, what and when, and read in pages that hold every event once', async () => {
    const everything = (await read('/api/audit?limit=100')).items;
    const paged: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: AuditPage = await read(`/api/audit?limit=7${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ seq }) => seq));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(everything.map(({ seq }) => seq));
    expect(paged).toEqual([...paged].sort((a, b) => b - a));

    const only = async (query: string) => (await read(`/api/audit?limit=100&${query}`)).items;
    expect(await only('action=asset')).toEqual(
      everything.filter(({ action }) => action.startsWith('asset.')),
    );
    expect(await only('action=grant.set')).toEqual(everything.filter(({ action }) => action === 'grant.set'));
    expect(await only(`actorId=${editor.id}`)).toEqual(
      everything.filter(({ who }) => who.userId === editor.id),
    );
    const { at } = everything[3] ?? first({ items: [], nextCursor: null });
    expect(await only(`from=${at}`)).toEqual(everything.filter((entry) => entry.at >= at));
    expect(await only(`to=${at}`)).toEqual(everything.filter((entry) => entry.at < at));
    expect((await server.request('/api/audit?cursor=zero')).status).toBe(400);
    expect((await server.request(`/api/audit?assetId=${assetId}&clientId=${clientId}`)).status).toBe(400);
  });

  it('names a key by what it was called, also when it was revoked', async () => {
    const { accounts } = server.composition;
    const robot = await accounts.createKey({ userId: editor.id, name: 'the nightly robot' });
    await send(`/api/v2/assets/${assetId}`, { name: 'three.png' }, robot.key, 'PATCH');
    const who = {
      kind: 'api_key',
      id: robot.id,
      userId: editor.id,
      name: 'the nightly robot',
      email: editor.email,
    };
    expect(first(await read(activity())).who).toEqual(who);
    server.sql(`delete from api_keys where id = '${robot.id}'`);
    expect(first(await read(activity())).who).toEqual(who);
  });

  it('goes on for an asset in the trash', async () => {
    await server.request(`/api/v2/assets/${assetId}`, { method: 'DELETE' });
    expect(first(await read(activity(), viewer))).toMatchObject({ action: 'asset.trash' });
    await send(`/api/v2/assets/${assetId}/restore`, {});
  });

  it('is exported as it is chained, one event to a line, as a whole or of one client', async () => {
    const answer = await server.request('/api/audit.jsonl');
    expect(answer.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    const lines = (await answer.text()).trimEnd().split('\n');
    const events = lines.map((line) => auditEventSchema.parse(JSON.parse(line)));
    let previous = auditGenesis;
    for (const [index, { hash, previousHash, ...event }] of events.entries()) {
      expect([event.seq, previousHash]).toEqual([index + 1, previous]);
      expect(auditHash(previousHash, event)).toBe(hash);
      previous = hash;
    }
    const ofClient = await (await server.request(`/api/audit.jsonl?clientId=${foreignId}`)).text();
    expect(ofClient.trimEnd().split('\n')).toEqual(
      lines.filter((line) => line.includes(`"clientId":"${foreignId}"`)),
    );
    expect((await server.request('/api/audit.jsonl?clientId=x')).status).toBe(400);
  });

  it('names the sources of an asset only to those who see them', async () => {
    const upload = async (seed: number, campaignId?: string) => {
      const parts = [
        { name: 'clientId', value: clientId },
        ...(campaignId ? [{ name: 'campaignId', value: campaignId }] : []),
        { name: 'file', value: await smallPng(seed), fileName: `${seed}.png` },
      ];
      const made = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
      return assetSchema.parse(await made.json()).id;
    };
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    const [open, hidden, result] = [
      await upload(71, campaignId),
      await upload(72),
      await upload(73, campaignId),
    ];
    const ofCampaign = await server.addUser('member');
    const grant = { kind: 'campaign', campaignId, userId: ofCampaign.id, role: 'manager' };
    expect((await send('/api/grants', grant)).status).toBe(200);
    expect((await send(`/api/v2/assets/${hidden}/hiding`, { hidden: { until: null } })).status).toBe(200);
    const derivedFrom = [open, hidden].map((assetId) => ({ assetId, version: 1, role: 'source' }));
    const lineage = `/api/v2/assets/${result}/lineage`;
    for (const sources of [derivedFrom, []])
      expect((await send(lineage, { version: 1, derivedFrom: sources })).status).toBe(200);

    const told = async (user: TestUser) =>
      (await read(`/api/v2/assets/${result}/activity`, user)).items
        .filter(({ action }) => action === 'lineage.set')
        .map(({ before, after }) => [before?.['derivedFrom'], after?.['derivedFrom']]);
    const [seen] = derivedFrom;
    expect(await told(viewer)).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    for (const user of [editor, ofCampaign]) {
      expect(await told(user)).toEqual([
        [[seen], []],
        [[], [seen]],
      ]);
    }
    for (const user of [manager, server.owner]) {
      expect(await told(user)).toEqual([
        [derivedFrom, []],
        [[], derivedFrom],
      ]);
    }
    const chained = await (await server.request('/api/audit.jsonl')).text();
    expect(
      chained.split('\n').filter((line) => line.includes('lineage.set') && line.includes(hidden)),
    ).toHaveLength(2);
  });
});
