import { z } from 'zod';
import { send } from '../people-requests.ts';
import { formOf, smallPng } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from '../start-server.ts';

/** Somebody without an account: the token they have, and what the server gave them to show. */
export interface Visitor {
  readonly name: string;
  readonly token: string;
  readonly cookie: string | null;
}

/** A client with links of every kind, and what may be asked about through them. */
export interface ShareWorld extends AsyncDisposable {
  readonly server: TestServer;
  readonly visitors: readonly Visitor[];
  /** By what each is to the links. */
  readonly assets: {
    readonly shared: string;
    /** Of the same client, and in no link. */
    readonly outside: string;
    readonly trashed: string;
    /** From all but managers, of whom the maker of the links is none. */
    readonly hidden: string;
    readonly foreign: string;
    readonly missing: string;
  };
  readonly password: string;
}

const password = 'between us';
const missing = '00000000-0000-7000-8000-000000000000';
const idSchema = z.object({ id: z.string() });
const issuedSchema = z.array(z.object({ id: z.string(), url: z.string() })).min(1);

interface Issued {
  readonly id: string;
  readonly token: string;
}

const firstCookie = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? null;

export async function createShareWorld(): Promise<ShareWorld> {
  const server = await startServer();
  async function post(address: string, body: object, by: TestUser = server.owner): Promise<unknown> {
    const answer = await server.request(address, { ...jsonRequest('POST', body), key: by.key });
    if (!answer.ok) throw new Error(`${address}: ${await answer.text()}`);
    return answer.json();
  }
  let seed = 0;
  async function upload(clientId: string, fields: Record<string, string> = {}): Promise<string> {
    seed += 1;
    const parts = [
      { name: 'clientId', value: clientId },
      ...Object.entries(fields).map(([name, value]) => ({ name, value })),
      { name: 'file', value: await smallPng(seed), fileName: `picture-${seed}.png` },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    return idSchema.parse(await answer.json()).id;
  }

  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const foreignId = await server.create('/api/clients', { name: 'Contoso' });
  const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
  const chosen = { campaignId, tags: '["chosen"]' };
  const assets = {
    shared: await upload(clientId, chosen),
    outside: await upload(clientId, { tags: '["brand_logo"]' }),
    trashed: await upload(clientId, chosen),
    hidden: await upload(clientId, chosen),
    foreign: await upload(foreignId, { tags: '["chosen"]' }),
    missing,
  };
  const inTarget = [assets.shared, assets.trashed, assets.hidden];
  const list = idSchema.parse(await post('/api/v2/collections', { kind: 'list', clientId, name: 'Cut' })).id;
  await post(`/api/v2/collections/${list}/add`, { assetIds: inTarget });
  const search = { kind: 'query', clientId, name: 'Chosen', query: 'tag:chosen' };
  const saved = idSchema.parse(await post('/api/v2/collections', search)).id;

  async function editor(): Promise<TestUser> {
    const user = await server.addUser('member');
    await post('/api/grants', { kind: 'client', clientId, userId: user.id, role: 'editor' });
    return user;
  }
  const [maker, leaver, disabled] = [await editor(), await editor(), await editor()];

  const all = { kind: 'assets', assetIds: inTarget };
  async function link(settings: object = {}, by = maker): Promise<Issued> {
    const made = await post('/api/shares', { target: all, name: 'For you', ...settings }, by);
    const [first] = issuedSchema.parse(made);
    if (!first) throw new Error('No link was made.');
    return { id: first.id, token: new URL(first.url).pathname.replace('/s/', '') };
  }
  /** Opens a link as a visitor does, with its password if it has one; answers what they were given. */
  async function visit({ token }: Issued, secret?: string): Promise<string | null> {
    const at = `/api/s/${token}`;
    const answer =
      secret === undefined
        ? await server.request(at, { key: null })
        : await server.request(`${at}/unlock`, { ...jsonRequest('POST', { password: secret }), key: null });
    return firstCookie(answer);
  }
  const change = ({ id }: Issued, body: object) =>
    server.request(`/api/shares/${id}`, jsonRequest('PATCH', body));

  const links = {
    open: await link(),
    previews: await link({ quality: 'previews' }),
    kept: await link({ downloads: false }),
    locked: await link({ password }),
    changed: await link({ password: 'an older one' }),
    expired: await link({ password }),
    revoked: await link({ password }),
    spent: await link({ maxUses: 1 }),
    spentLocked: await link({ maxUses: 1, password }),
    left: await link({}, leaver),
    disabled: await link({}, disabled),
    asset: await link({ target: { kind: 'asset', assetId: assets.shared } }),
    list: await link({ target: { kind: 'collection', collectionId: list } }),
    saved: await link({ target: { kind: 'collection', collectionId: saved } }),
    campaign: await link({ target: { kind: 'campaign', campaignId } }),
  };
  const passes = {
    locked: await visit(links.locked, password),
    changed: await visit(links.changed, 'an older one'),
    expired: await visit(links.expired, password),
    revoked: await visit(links.revoked, password),
    spent: await visit(links.spent),
    left: await visit(links.left),
    disabled: await visit(links.disabled),
  };
  await visit(links.spentLocked, password);

  // All that becomes of links and assets after somebody has them.
  await change(links.changed, { password });
  server.sql(`update share_links set expires_at = created_at + 1 where id = '${links.expired.id}'`);
  await server.request(`/api/shares/${links.revoked.id}`, { method: 'DELETE' });
  await post('/api/grants/remove', { kind: 'client', clientId, userId: leaver.id });
  await send(server, `/api/accounts/${disabled.id}/disabled`, { disabled: true });
  await server.request(`/api/v2/assets/${assets.trashed}`, { method: 'DELETE' });
  await post(`/api/v2/assets/${assets.hidden}/hiding`, { hidden: { until: null } });

  const visitor = (
    name: string,
    { token }: Pick<Issued, 'token'>,
    cookie: string | null = null,
  ): Visitor => ({
    name,
    token,
    cookie,
  });
  return {
    server,
    assets,
    password,
    visitors: [
      visitor('no link', { token: 'A'.repeat(43) }),
      visitor('link', links.open),
      visitor('previews', links.previews),
      visitor('no saving', links.kept),
      visitor('one asset', links.asset),
      visitor('list', links.list),
      visitor('search', links.saved),
      visitor('campaign', links.campaign),
      visitor('locked', links.locked),
      visitor('wrong password', links.locked, await visit(links.locked, 'not the password')),
      visitor("other's pass", links.locked, passes.changed),
      visitor('password', links.locked, passes.locked),
      visitor('old password', links.changed, passes.changed),
      visitor('last visit', links.spent, passes.spent),
      visitor('spent', links.spent),
      visitor('spent, locked', links.spentLocked),
      visitor('expired', links.expired, passes.expired),
      visitor('revoked', links.revoked, passes.revoked),
      visitor('maker left', links.left, passes.left),
      visitor('maker disabled', links.disabled, passes.disabled),
    ],
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
