import path from 'node:path';
import { type ExceptionRole, type KeyScope, keyScopes } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { keepApart } from '../keep-apart.ts';
import { formOf, smallPng } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer } from '../start-server.ts';
import { createSteadyDatabase, type SteadyDatabase } from './steady-database.ts';

/** Whoever may ask: a name, and the key they ask with (null: none). */
export interface Asker {
  readonly name: string;
  readonly key: string | null;
}

/** What may be asked about, by what it is to the members of the first client. */
export interface World extends AsyncDisposable {
  readonly server: TestServer;
  readonly steady: SteadyDatabase;
  readonly askers: readonly Asker[];
  readonly clients: { readonly own: string; readonly foreign: string; readonly missing: string };
  readonly campaigns: {
    readonly own: string;
    /** Of the same client, and closed to the guest. */
    readonly other: string;
    readonly foreign: string;
    readonly missing: string;
  };
  readonly assets: {
    readonly shown: string;
    /** In the campaign that the guest was let into. */
    readonly inCampaign: string;
    /** Uploaded by the contributor. */
    readonly contributed: string;
    readonly hidden: string;
    readonly trashed: string;
    readonly foreign: string;
    readonly missing: string;
  };
  readonly tags: { readonly own: string; readonly foreign: string; readonly missing: string };
  readonly collections: {
    readonly own: string;
    /** A saved search of the first client. */
    readonly saved: string;
    readonly foreign: string;
    readonly missing: string;
  };
  readonly shares: { readonly own: string; readonly foreign: string; readonly missing: string };
  readonly guestFiles: { readonly own: string; readonly foreign: string; readonly missing: string };
  readonly uploadLinks: { readonly own: string; readonly foreign: string; readonly missing: string };
  readonly imports: { readonly own: string; readonly foreign: string; readonly missing: string };
  /** A file that was refused, and is a picture after all. */
  readonly quarantined: string;
  /** Another one of the first client. */
  readonly otherTag: string;
  readonly users: { readonly viewer: string };
  /** Words that stand nowhere but at things which most members may not see. */
  readonly secrets: { readonly foreign: readonly string[]; readonly hidden: readonly string[] };
  readonly sha256: string;
  readonly png: Buffer;
}

const secrets = {
  foreign: [
    'Undisclosed Brand',
    'Unannounced Launch',
    'codename',
    'storyboard-of-theirs',
    'Shortlist of theirs',
  ],
  hidden: ['embargoed-cut'],
} as const;
const missing = '00000000-0000-7000-8000-000000000000';
const idSchema = z.object({ id: z.string() });

export async function createWorld(): Promise<World> {
  const steady = createSteadyDatabase();
  const server = await startServer({}, { dependencies: steady.dependencies });
  const post = async (address: string, body: object, key = server.owner.key): Promise<unknown> => {
    const answer = await server.request(address, { ...jsonRequest('POST', body), key });
    if (!answer.ok) throw new Error(`${address}: ${await answer.text()}`);
    return answer.json();
  };
  let seed = 0;
  async function upload(clientId: string, fields: Record<string, string> = {}, key = server.owner.key) {
    seed += 1;
    const { name: fileName = `picture-${seed}`, ...others } = fields;
    const parts = [
      { name: 'clientId', value: clientId },
      ...Object.entries(others).map(([name, value]) => ({ name, value })),
      { name: 'file', value: await smallPng(seed), fileName: `${fileName}.png` },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts), key });
    return z.object({ id: z.string(), sha256: z.string() }).parse(await answer.json());
  }
  /** The last of its tags in their order. */
  const tagOf = async (clientId: string) => {
    const answer = await server.request(`/api/v2/clients/${clientId}/tags`);
    const tag = z
      .array(idSchema)
      .parse(await answer.json())
      .at(-1);
    if (!tag) throw new Error('The client has no tag.');
    return tag.id;
  };

  const own = await server.create('/api/clients', { name: 'Northwind' });
  const foreign = await server.create('/api/clients', { name: secrets.foreign[0] });
  const campaigns = {
    own: await server.create('/api/campaigns', { clientId: own, name: 'Winter' }),
    other: await server.create('/api/campaigns', { clientId: own, name: 'Summer' }),
    foreign: await server.create('/api/campaigns', { clientId: foreign, name: secrets.foreign[1] }),
    missing,
  };
  const member = async (role?: ExceptionRole) => {
    const user = await server.addUser('member');
    if (role) await post('/api/grants', { kind: 'client', clientId: own, userId: user.id, role });
    return user;
  };
  const [manager, editor, contributor, viewer] = [
    await member('manager'),
    await member('editor'),
    await member('contributor'),
    await member('viewer'),
  ];
  const guest = await member();
  await post('/api/grants', {
    kind: 'campaign',
    campaignId: campaigns.own,
    userId: guest.id,
    role: 'viewer',
  });
  const stranger = await member();
  const admin = await server.addUser('admin');

  const shown = await upload(own, { tags: '["autumn","spring","brand_logo"]' });
  const assets = {
    shown: shown.id,
    inCampaign: (await upload(own, { campaignId: campaigns.own })).id,
    contributed: (await upload(own, {}, contributor.key)).id,
    hidden: (await upload(own, { name: secrets.hidden[0] })).id,
    trashed: (await upload(own)).id,
    foreign: (await upload(foreign, { tags: `["${secrets.foreign[2]}"]`, name: secrets.foreign[3] })).id,
    missing,
  };
  await post(`/api/v2/assets/${assets.hidden}/hiding`, { hidden: { until: null } });
  await server.request(`/api/v2/assets/${assets.trashed}`, { method: 'DELETE' });
  for (const [name, id] of Object.entries(assets)) {
    if (name !== 'trashed' && name !== 'missing') await server.request(`/api/v2/assets/${id}/thumbnail`);
  }
  const tags = await server.request(`/api/v2/clients/${own}/tags?q=autumn`);
  const [otherTag] = z.array(idSchema).parse(await tags.json());
  const importOf = async (clientId: string) =>
    idSchema.parse(
      await post('/api/v2/imports', { clientId, items: [{ url: 'https://vitrine.example/a.png' }] }),
    ).id;

  const listOf = async (clientId: string, name: string, assetIds: readonly string[]) => {
    const { id } = idSchema.parse(await post('/api/v2/collections', { kind: 'list', clientId, name }));
    await post(`/api/v2/collections/${id}/add`, { assetIds });
    return id;
  };
  const saved = { kind: 'query', clientId: own, name: 'Pictures', query: 'kind:image' };
  const collections = {
    own: await listOf(own, 'Final cut', [assets.hidden, assets.shown, assets.inCampaign, assets.contributed]),
    saved: idSchema.parse(await post('/api/v2/collections', saved)).id,
    foreign: await listOf(foreign, secrets.foreign[4], [assets.foreign]),
    missing,
  };

  const shareOf = async (assetId: string) => {
    const issued = await post('/api/shares', { name: 'For you', target: { kind: 'asset', assetId } });
    return z.array(idSchema).length(1).parse(issued)[0]?.id ?? missing;
  };

  const linkSchema = idSchema.extend({ url: z.string() });
  const uploadLinkOf = async (campaignId: string) =>
    linkSchema.parse(await post('/api/upload-links', { campaignId, name: 'Send them here' }));
  const sentThrough = async ({ url }: { url: string }, clientId: string) => {
    seed += 1;
    const file = { name: 'file', value: await smallPng(seed), fileName: 'sent.png' };
    const body = formOf([{ name: 'sender', value: 'Somebody' }, file]);
    await server.request(`/api/u/${path.basename(url)}`, { method: 'POST', body, key: null });
    const sent = await server.request(`/api/clients/${clientId}/guest-files`);
    const { items } = z.object({ items: z.array(idSchema).length(1) }).parse(await sent.json());
    return items[0]?.id ?? missing;
  };
  const links = { own: await uploadLinkOf(campaigns.own), foreign: await uploadLinkOf(campaigns.foreign) };
  const uploadLinks = { own: links.own.id, foreign: links.foreign.id, missing };
  const guestFiles = {
    own: await sentThrough(links.own, own),
    foreign: await sentThrough(links.foreign, foreign),
    missing,
  };

  const scoped = await Promise.all(
    keyScopes.map(async (scope): Promise<Asker> => ({ name: `key ${scope}`, key: await issue([scope]) })),
  );
  async function issue(scopes: readonly KeyScope[] = keyScopes): Promise<string> {
    const issued = await server.composition.accounts.createKey({ userId: server.owner.id, scopes });
    return issued.key;
  }
  const bound = await server.composition.accounts.createKey({ userId: server.owner.id });
  const expired = await server.composition.accounts.createKey({ userId: server.owner.id });
  const revoked = await server.composition.accounts.createKey({ userId: server.owner.id });
  const rows = new Sqlite(path.join(server.dataDir, 'vitrine.sqlite'));
  // Those that work or wait would keep their campaigns from being deleted.
  rows.prepare('update upload_links set expires_at = 1').run();
  rows.prepare("update guest_files set state = 'accepted', asset_id = ?, decided_at = 1").run(missing);
  const metadata = JSON.stringify({ clientIds: [foreign] });
  rows.prepare('update api_keys set metadata = ? where id = ?').run(metadata, bound.id);
  rows.prepare('update api_keys set expires_at = 1 where id = ?').run(expired.id);
  rows.prepare('delete from api_keys where id = ?').run(revoked.id);
  rows.close();

  return {
    server,
    steady,
    askers: [
      { name: 'anonymous', key: null },
      { name: 'owner', key: server.owner.key },
      { name: 'admin', key: admin.key },
      { name: 'manager', key: manager.key },
      { name: 'editor', key: editor.key },
      { name: 'contributor', key: contributor.key },
      { name: 'viewer', key: viewer.key },
      { name: 'guest', key: guest.key },
      { name: 'stranger', key: stranger.key },
      ...scoped,
      { name: 'key bound', key: bound.key },
      { name: 'key expired', key: expired.key },
      { name: 'key revoked', key: revoked.key },
    ],
    clients: { own, foreign, missing },
    campaigns,
    assets,
    tags: { own: await tagOf(own), foreign: await tagOf(foreign), missing },
    collections,
    shares: { own: await shareOf(assets.shown), foreign: await shareOf(assets.foreign), missing },
    uploadLinks,
    guestFiles,
    imports: { own: await importOf(own), foreign: await importOf(foreign), missing },
    quarantined: await keepApart(server, { clientId: own, bytes: await smallPng(9_998) }),
    otherTag: otherTag?.id ?? missing,
    users: { viewer: viewer.id },
    secrets,
    sha256: shown.sha256,
    png: await smallPng(9_999),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
