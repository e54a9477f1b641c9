import type { AssetTile } from '@vitrine/schema';
import { useState } from 'react';
import { ownPath } from '../../../lib/own-path.ts';
import { useCalmScroll } from '../grid/use-calm-scroll.ts';
import { isPlayableVideo, tileFit } from '../tile-facts.ts';
import { TilePlaceholder } from './tile-placeholder.tsx';
import { TileVideo } from './tile-video.tsx';

/** What an asset looks like at tile size: its preview, else the original where the browser can show it. */
export function TilePicture({ tile }: { tile: AssetTile }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <TilePlaceholder tile={tile} />;
  const onBroken = () => setBroken(true);
  const { preview } = tile;
  switch (preview.state) {
    case 'ready':
      return <TileImage tile={tile} url={preview.url} onBroken={onBroken} />;
    case 'pending':
      return <TileOriginal tile={tile} onBroken={onBroken} />;
    case 'failed':
      return <TilePlaceholder tile={tile} />;
    default:
      return preview satisfies never;
  }
}

function TileOriginal({ tile, onBroken }: { tile: AssetTile; onBroken: () => void }) {
  const isCalm = useCalmScroll();
  // An original is large: tiles that rush past do not load theirs.
  if (!isCalm) return <div className="size-full bg-sunken" />;
  switch (tile.type) {
    case 'image':
      return <TileImage tile={tile} url={tile.url} onBroken={onBroken} />;
    case 'video':
      return isPlayableVideo(tile.format) ? (
        <TileVideo url={tile.url} onBroken={onBroken} />
      ) : (
        <TilePlaceholder tile={tile} />
      );
    case 'audio':
    case 'document':
      return <TilePlaceholder tile={tile} />;
    default:
      return tile.type satisfies never;
  }
}

interface TileImageProps {
  tile: AssetTile;
  url: string;
  onBroken: () => void;
}

function TileImage({ tile, url, onBroken }: TileImageProps) {
  const isWhole = tileFit(tile) === 'contain';
  return (
    <div className={`size-full bg-sunken ${isWhole ? 'checkerboard p-[9%]' : ''}`}>
      <img
        src={ownPath(url)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={onBroken}
        {...(tile.width && tile.height && { width: tile.width, height: tile.height })}
        className={`size-full ${isWhole ? 'object-contain' : 'object-cover'}`}
      />
    </div>
  );
}
