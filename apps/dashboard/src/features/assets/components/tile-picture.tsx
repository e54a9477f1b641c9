import type { AssetTile, Rendition } from '@vitrine/schema';
import { useState } from 'react';
import { FadeImage } from '../../../components/ui/fade-image.tsx';
import { FittedBox } from '../../../components/ui/fitted-box.tsx';
import { ownPath } from '../../../lib/own-path.ts';
import { thumbhashUrl } from '../../../lib/thumbhash-url.ts';
import { useCalmScroll } from '../grid/use-calm-scroll.ts';
import { tileFit } from '../tile-facts.ts';
import { TilePlaceholder } from './tile-placeholder.tsx';

/** What an asset looks like at tile size: its thumb, or its kind while there is none. Never the original. */
export function TilePicture({ tile }: { tile: AssetTile }) {
  const { preview } = tile;
  switch (preview.state) {
    case 'ready':
      return <TileThumb tile={tile} thumb={preview} />;
    case 'pending':
    case 'failed':
      return <TilePlaceholder tile={tile} />;
    default:
      return preview satisfies never;
  }
}

interface TileThumbProps {
  tile: AssetTile;
  thumb: Extract<Rendition, { state: 'ready' }>;
}

/** The blurred stand-in at once, the thumb when it has come and the page is not rushing past. */
function TileThumb({ tile, thumb }: TileThumbProps) {
  const { url, width, height, thumbhash } = thumb;
  const isCalm = useCalmScroll();
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null);
  const placeholder = thumbhashUrl(thumbhash);
  if (brokenUrl === url && placeholder === null) return <TilePlaceholder tile={tile} />;
  const fit = tileFit(tile);
  const picture = (
    <FadeImage
      src={isCalm ? ownPath(url) : null}
      alt=""
      width={width}
      height={height}
      placeholder={placeholder}
      fit={fit === 'cover' ? 'cover' : 'fill'}
      onBroken={() => setBrokenUrl(url)}
    />
  );
  switch (fit) {
    case 'cover':
      return <div className="relative size-full bg-sunken">{picture}</div>;
    case 'contain':
      return (
        <div className="checkerboard size-full bg-sunken p-[9%]">
          <FittedBox ratio={width / height} fit="contain">
            {picture}
          </FittedBox>
        </div>
      );
    case 'page':
      return (
        <div data-kind={tile.type} className="size-full bg-(--kind-wash) px-[8%] py-[6%]">
          <FittedBox ratio={width / height} fit="contain" className="rounded-[3px] bg-white shadow-float">
            {picture}
          </FittedBox>
        </div>
      );
    default:
      return fit satisfies never;
  }
}
