import type { AssetTile, Change } from '@vitrine/schema';

/** The pages of a grid, as the query cache keeps them. */
export interface TilePages {
  readonly pages: readonly { readonly items: readonly AssetTile[] }[];
}

/**
 * A grid's pages after a change: a tile that is there is replaced where it stands or taken out. The same object when nothing
 * changes. New assets are not put in here: which filters they pass, the server knows.
 */
export function applyChange<T extends TilePages>(data: T, change: Change, tile: AssetTile | null): T {
  const isThere = data.pages.some(({ items }) => items.some(({ id }) => id === change.assetId));
  if (!isThere) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((item) => {
      if (item.id !== change.assetId) return [item];
      return tile ? [tile] : [];
    }),
  }));
  return { ...data, pages };
}

/** Whether lists have to be asked for again: something may have come, or gone elsewhere. */
export function changesLists(change: Change): boolean {
  switch (change.kind) {
    case 'asset.created':
    case 'asset.updated':
    case 'asset.trashed':
      return true;
    case 'rendition.ready':
    case 'rendition.failed':
    case 'job.progress':
      return false;
    default:
      return change satisfies never;
  }
}
