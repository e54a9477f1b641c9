import type { AssetTile } from '@vitrine/schema';
import { Play } from 'lucide-react';
import { kindIcons } from '../kind-icons.ts';
import { tileCaption, tileDetails, tileFact } from '../tile-facts.ts';
import { TilePicture } from './tile-picture.tsx';
import { TileScrub } from './tile-scrub.tsx';

/** What a tile shows of an asset, whatever a click on it does. */
export function AssetTileFace({ tile }: { tile: AssetTile }) {
  const fact = tileFact(tile);
  const Icon = tile.type === 'video' ? Play : kindIcons[tile.type];
  return (
    <>
      {/* What the picture shows in words is said below, where it is part of the tile's name. */}
      <div
        aria-hidden
        className="relative aspect-[4/3] overflow-hidden rounded-xl bg-sunken ring-1 ring-line transition-shadow duration-200 group-hover:shadow-float"
      >
        <TilePicture tile={tile} />
        {tile.type === 'video' && <TileScrub tile={tile} />}
        {tile.type !== 'image' && (
          <span className="absolute right-2 bottom-2 flex h-6 items-center gap-1.5 rounded-md bg-raised/90 px-2 font-medium text-ink text-xs shadow-card tabular backdrop-blur-sm">
            <Icon
              size={12}
              aria-hidden
              className="text-(--kind)"
              fill={tile.type === 'video' ? 'currentColor' : 'none'}
            />
            {fact ?? tile.format.toUpperCase()}
          </span>
        )}
      </div>
      <div className="h-[58px] px-0.5 pt-2.5">
        <div className="truncate font-medium text-sm">{tile.name}</div>
        <span className="sr-only">{tileDetails(tile)}</span>
        <div className="truncate text-faint text-xs tabular">
          {tileCaption(tile)}
          {tile.type === 'image' && fact && (
            <span aria-hidden className="hidden sm:inline">
              {' '}
              · {fact}
            </span>
          )}
        </div>
      </div>
    </>
  );
}
