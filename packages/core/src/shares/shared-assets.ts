import type { AssetId, ClientId, Page, PagePosition, ShareId } from '@vitrine/schema';
import { encodeCursor } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import type { TileRecord } from '../assets/asset-record.ts';
import { assetPage } from '../collections/asset-page.ts';
import { seenCollection } from '../collections/seen-collection.ts';
import type { Readers } from '../ports/database.ts';
import { matchFor } from '../search/match-for.ts';
import type { StoredTarget } from './share-repository.ts';

interface OfLink {
  readonly id: ShareId;
  readonly clientId: ClientId;
  readonly target: StoredTarget;
}

interface PageOf {
  readonly cursor?: PagePosition | undefined;
  readonly limit: number;
}

/** A page of what a link shows: of its target what `actor`, who made it, sees now. */
export async function sharedTiles(
  readers: Readers,
  actor: Actor,
  { id, clientId, target }: OfLink,
  { cursor: after, limit }: PageOf,
): Promise<Omit<Page<TileRecord>, 'total'>> {
  switch (target.kind) {
    case 'asset':
    case 'assets': {
      const visibility = await visibilityIn(readers, actor, clientId);
      const found = await readers.shares.positions({ id, visibility, after, limit: limit + 1 });
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      const items = await readers.search.tiles(shown.map((one) => one.id));
      return { items, nextCursor: last ? encodeCursor(last) : null };
    }
    case 'collection':
      return assetPage(readers, actor, { id: target.collectionId, cursor: after, limit }, (ids) =>
        readers.search.tiles(ids),
      );
    case 'campaign': {
      const visibility = await visibilityIn(readers, actor, clientId);
      const { campaignId } = target;
      const query = { visibility, clientId, campaignId, offset: 0, limit: limit + 1 };
      const found = await readers.assets.listTiles({ ...query, ...(after && { after }) });
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return {
        items,
        nextCursor: last ? encodeCursor({ at: Date.parse(last.uploadedAt), id: last.id }) : null,
      };
    }
    default:
      return target satisfies never;
  }
}

/** Whether the link's target holds the asset. Whether `actor` sees it is another question. */
export async function isShared(
  readers: Readers,
  actor: Actor,
  { id, clientId, target }: OfLink,
  assetId: AssetId,
): Promise<boolean> {
  switch (target.kind) {
    case 'asset':
    case 'assets':
      return readers.shares.names({ id, assetId });
    case 'collection': {
      const { collectionId } = target;
      const { collection, visibility } = await seenCollection(readers, {
        ...{ actor, action: 'collection.read', id: collectionId },
      });
      if (collection.kind === 'list') {
        const wanted = { id: collectionId, visibility, ids: [assetId], withTrash: false };
        return (await readers.collections.held(wanted)).length > 0;
      }
      const { hints: _hints, ...match } = await matchFor(readers, actor, {
        query: collection.query,
        clientId,
      });
      return (await readers.search.find({ ...match, within: [assetId], limit: 1 })).length > 0;
    }
    case 'campaign':
      return (await readers.assets.find(assetId))?.campaignId === target.campaignId;
    default:
      return target satisfies never;
  }
}
