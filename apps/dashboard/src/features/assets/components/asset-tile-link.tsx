import { Link } from '@tanstack/react-router';
import type { AssetTile } from '@vitrine/schema';
import { memo } from 'react';
import type { AssetPageSearch } from '../asset-search.ts';
import { AssetTileFace } from './asset-tile-face.tsx';

interface AssetTileLinkProps {
  tile: AssetTile;
  index: number;
  isActive: boolean;
  search: AssetPageSearch;
  onFocus: (index: number) => void;
  onOpen: (tile: AssetTile) => void;
}

/** One asset of the grid. Drawn again only when something about it changes. */
export const AssetTileLink = memo(function AssetTileLink({
  tile,
  index,
  isActive,
  search,
  onFocus,
  onOpen,
}: AssetTileLinkProps) {
  return (
    <Link
      to="/assets/$assetId"
      params={{ assetId: tile.id }}
      search={search}
      data-index={index}
      data-kind={tile.type}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={() => onOpen(tile)}
      draggable={false}
      className="group block scroll-mt-44 scroll-mb-8 rounded-xl outline-offset-[3px]"
    >
      <AssetTileFace tile={tile} />
    </Link>
  );
});
