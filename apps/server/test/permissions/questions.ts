import type { RouterInputs } from '@vitrine/client';
import type { World } from './world.ts';

/** One thing that is asked, about one thing. */
export interface Question {
  /** What it is about: which asset, client … of the world. */
  readonly about: string;
  readonly input: unknown;
}

type OperationName = {
  [R in keyof RouterInputs]: `${R & string}.${keyof RouterInputs[R] & string}`;
}[keyof RouterInputs];
type InputOf<N extends OperationName> = N extends `${infer R}.${infer P}`
  ? R extends keyof RouterInputs
    ? P extends keyof RouterInputs[R]
      ? RouterInputs[R][P]
      : never
    : never
  : never;
type Questions = { readonly [N in OperationName]: readonly Question[] };

function about<T extends Readonly<Record<string, string>>, I>(
  things: T,
  input: (id: string) => I,
): readonly (Question & { readonly input: I })[] {
  return Object.entries(things).map(([name, id]) => ({ about: name, input: input(id) }));
}

const once = <I>(input: I): readonly (Question & { readonly input: I })[] => [{ about: '-', input }];

/** What is asked of every procedure. One that is missing here does not compile. */
export function questionsAbout(world: World) {
  const {
    assets,
    campaigns,
    clients,
    collections,
    guestFiles,
    imports,
    otherTag,
    quarantined,
    shares,
    tags,
    uploadLinks,
    users,
    sha256,
  } = world;
  const id = (value: string) => ({ id: value });
  const ids = (value: string) => ({ ids: [value] });
  /** Under names of their own, for they stand beside others of the same procedure. */
  const ofPlaces = (kind: 'campaign' | 'collection') => {
    const { own, foreign, missing } = kind === 'campaign' ? campaigns : collections;
    return { [`own ${kind}`]: own, [`foreign ${kind}`]: foreign, [`missing ${kind}`]: missing };
  };
  const byId = {
    asset: about(assets, id),
    campaign: about(campaigns, id),
    client: about(clients, id),
    tag: about(tags, id),
  };
  const lists = [
    ...once({}),
    ...about(clients, (clientId) => ({ clientId })),
    ...about({ 'own campaign': campaigns.own, 'foreign campaign': campaigns.foreign }, (campaignId) => ({
      campaignId,
    })),
  ];
  const grantTargets = [
    ...about(clients, (clientId) => ({ kind: 'client' as const, clientId })),
    ...about({ 'own campaign': campaigns.own, 'foreign campaign': campaigns.foreign }, (campaignId) => ({
      kind: 'campaign' as const,
      campaignId,
    })),
    ...about({ 'shown asset': assets.shown, 'foreign asset': assets.foreign }, (assetId) => ({
      kind: 'asset' as const,
      assetId,
    })),
  ];
  const assetsInList = {
    'shown asset': assets.shown,
    'hidden asset': assets.hidden,
    'trashed asset': assets.trashed,
    'foreign asset': assets.foreign,
    'missing asset': assets.missing,
  };
  const need = { brand_logo: { max: 3 } };
  return {
    'account.list': once(undefined),
    'account.invite': once({ email: 'new@vitrine.example', role: 'member' as const }),
    'account.invitations': once(undefined),
    'account.withdraw': once({ email: 'nobody@vitrine.example' }),
    'account.resetLink': once({ userId: users.viewer }),
    'account.setRole': once({ userId: users.viewer, role: 'admin' as const }),
    'account.setDisabled': once({ userId: users.viewer, disabled: true }),
    'account.endSessions': once({ userId: users.viewer }),
    'account.purpose': once({ token: 'x'.repeat(43) }),
    'account.forgot': once({ email: 'viewer@vitrine.example' }),
    'account.join': once({ token: 'x'.repeat(43), name: 'Eve', password: 'a long password' }),
    'account.reset': once({ token: 'x'.repeat(43), password: 'a long password' }),
    'client.list': once({}),
    'client.get': byId.client,
    'client.create': once({ name: 'New' }),
    'client.update': about(clients, (one) => ({ id: one, name: 'Edited' })),
    'client.delete': byId.client,
    'client.quota': byId.client,
    'client.setQuota': about(clients, (one) => ({ id: one, maxBytes: 1e9 })),
    'client.stats': byId.client,
    'campaign.list': [...once({}), ...about(clients, (clientId) => ({ clientId }))],
    'campaign.get': byId.campaign,
    'campaign.create': about(clients, (clientId) => ({ clientId, name: 'New' })),
    'campaign.update': about(campaigns, (one) => ({ id: one, name: 'Edited' })),
    'campaign.delete': byId.campaign,
    'campaign.stats': byId.campaign,
    'asset.search': lists,
    'asset.searchTiles': lists,
    'asset.facets': lists,
    'asset.list': lists,
    'asset.tiles': lists,
    'asset.get': byId.asset,
    'asset.byHash': about(clients, (clientId) => ({ clientId, sha256 })),
    'asset.createFromHash': about(clients, (clientId) => ({ clientId, sha256, name: 'again.png' })),
    'asset.importFromUrl': about(clients, (clientId) => ({ clientId, url: 'https://vitrine.example/b.png' })),
    'asset.update': about(assets, (one) => ({ id: one, name: 'edited.png' })),
    'asset.setRoles': about(assets, (one) => ({ id: one, type: 'image' as const, roles: [] })),
    'asset.rights': byId.asset,
    'asset.setRights': about(assets, (one) => ({ id: one, rights: { aiUse: 'allowed' as const } })),
    'asset.hiding': byId.asset,
    'asset.hide': about(assets, (one) => ({ id: one, hidden: { until: null } })),
    'asset.renditions': byId.asset,
    'asset.retryRenditions': byId.asset,
    'asset.setPoster': about(assets, (one) => ({ id: one, timeMs: null })),
    'asset.trash': byId.asset,
    'asset.bulkTag': about(assets, (one) => ({ assets: ids(one), add: ['new'] })),
    'asset.bulkMove': about(assets, (one) => ({ ...ids(one), campaignId: campaigns.other })),
    'asset.bulkAssign': about(assets, (one) => ({ ...ids(one), clientId: clients.foreign })),
    'asset.bulkTrash': about(assets, ids),
    'asset.bulkPriority': about(assets, (one) => ({ items: [{ id: one, priority: 3 }] })),
    'asset.versions': byId.asset,
    'asset.restoreVersion': about(assets, (one) => ({ id: one, version: 1 })),
    'asset.uses': byId.asset,
    'asset.restore': byId.asset,
    'asset.purge': byId.asset,
    'trash.list': [...once({}), ...about(clients, (clientId) => ({ clientId }))],
    'trash.empty': about(clients, (clientId) => ({ clientId })),
    'tag.list': about(clients, (clientId) => ({ clientId })),
    'tag.rename': about(tags, (one) => ({ id: one, name: 'renamed' })),
    'tag.merge': about(tags, (one) => ({ id: one, into: otherTag })),
    'tag.delete': byId.tag,
    'collection.list': about(clients, (clientId) => ({ clientId })),
    'collection.get': about(collections, id),
    'collection.create': about(clients, (clientId) => ({ kind: 'list' as const, clientId, name: 'New' })),
    'collection.update': about(collections, (one) => ({ id: one, name: 'Edited' })),
    'collection.delete': about(collections, id),
    'collection.assets': about(collections, id),
    'collection.tiles': about(collections, id),
    'collection.add': [
      ...about(collections, (one) => ({ id: one, assetIds: [assets.shown] })),
      ...about(assetsInList, (one) => ({ id: collections.own, assetIds: [one] })),
    ],
    'collection.remove': [
      ...about(collections, (one) => ({ id: one, assetIds: [assets.shown] })),
      ...about(assetsInList, (one) => ({ id: collections.own, assetIds: [one] })),
    ],
    'collection.move': [
      ...about(collections, (one) => ({ id: one, assetIds: [assets.shown], before: null })),
      ...about(assetsInList, (one) => ({ id: collections.own, assetIds: [one], before: null })),
    ],
    'context.resolve': about(clients, (clientId) => ({ clientId, need })),
    'context.list': about(clients, (clientId) => ({ clientId, need })),
    'lineage.set': about(assets, (one) => ({ id: one, derivedFrom: [], generation: null })),
    'lineage.madeOf': byId.asset,
    'lineage.usedIn': byId.asset,
    'lineage.affected': byId.asset,
    'grant.list': about(clients, (clientId) => ({ clientId })),
    'grant.people': about(clients, (clientId) => ({ clientId })),
    'grant.allowed': grantTargets,
    'grant.set': grantTargets.map(({ about: what, input }) => ({
      about: what,
      input: { ...input, userId: users.viewer, role: 'editor' as const },
    })),
    'grant.remove': grantTargets.map(({ about: what, input }) => ({
      about: what,
      input: { ...input, userId: users.viewer },
    })),
    'change.watch': [...once({}), ...about(clients, (clientId) => ({ clientId }))],
    'import.create': about(clients, (clientId) => ({
      clientId,
      items: [{ url: 'https://vitrine.example/c.png' }],
    })),
    'import.get': about(imports, id),
    'session.list': once(undefined),
    'session.revoke': once(id(assets.missing)),
    'session.revokeOthers': once(undefined),
    'key.list': once(undefined),
    'key.create': once({ name: 'robot', scopes: ['assets:read' as const] }),
    'key.update': once({ id: assets.missing, name: 'renamed' }),
    'key.revoke': once(id(assets.missing)),
    'share.create': [
      ...about(assets, (assetId) => ({ name: 'For you', target: { kind: 'asset' as const, assetId } })),
      ...about(ofPlaces('campaign'), (campaignId) => ({
        name: 'For you',
        target: { kind: 'campaign' as const, campaignId },
      })),
      ...about(ofPlaces('collection'), (collectionId) => ({
        name: 'For you',
        target: { kind: 'collection' as const, collectionId },
      })),
    ],
    'share.list': about(clients, (clientId) => ({ clientId })),
    'share.get': about(shares, id),
    'share.update': about(shares, (value) => ({ id: value, name: 'For them' })),
    'share.revoke': about(shares, id),
    'share.visits': about(shares, id),
    'uploadLink.create': about(ofPlaces('campaign'), (campaignId) => ({
      campaignId,
      name: 'Send them here',
    })),
    'uploadLink.list': about(ofPlaces('campaign'), (campaignId) => ({ campaignId })),
    'uploadLink.update': about(uploadLinks, (value) => ({ id: value, name: 'And here' })),
    'uploadLink.revoke': about(uploadLinks, id),
    'guest.list': [
      ...about(clients, (clientId) => ({ clientId })),
      ...about(ofPlaces('campaign'), (campaignId) => ({
        clientId: campaignId === campaigns.foreign ? clients.foreign : clients.own,
        campaignId,
      })),
    ],
    'guest.accept': about(guestFiles, id),
    'guest.refuse': about(guestFiles, id),
    'quarantine.list': once({}),
    'quarantine.accept': about(
      { 'to own': clients.own, 'to foreign': clients.foreign, 'to missing': clients.missing },
      (clientId) => ({ id: quarantined, clientId }),
    ),
    'quarantine.discard': once(id(quarantined)),
    'audit.list': [
      ...once({}),
      ...about(clients, (clientId) => ({ clientId })),
      ...about(assetsInList, (assetId) => ({ assetId })),
    ],
    'job.list': once({}),
    'job.counts': once(undefined),
    'job.retry': once(id(assets.missing)),
    'system.version': once(undefined),
    'system.signInWays': once(undefined),
    'system.self': once(undefined),
  } satisfies {
    readonly [N in OperationName]: readonly (Question & { readonly input: InputOf<N> })[];
  } & Questions;
}
