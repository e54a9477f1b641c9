import { useQuery } from '@tanstack/react-query';
import { type AssetTile, spriteLayout } from '@vitrine/schema';
import { type PointerEvent, useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { formatDuration } from '../../../lib/format-duration.ts';
import { ownPath } from '../../../lib/own-path.ts';
import { renditionOf } from '../api/use-renditions.ts';
import { spriteCell } from '../sprite-cell.ts';

interface TileScrubProps {
  tile: AssetTile;
}

/** Over a video's thumb: where the pointer is, that moment is shown. Its frames are loaded when the pointer first comes. */
export function TileScrub({ tile }: TileScrubProps) {
  const [share, setShare] = useState<number | null>(null);
  const [wasAsked, setAsked] = useState(false);
  const renditions = useQuery({ ...trpc.asset.renditions.queryOptions({ id: tile.id }), enabled: wasAsked });
  const { width, height, durationMs } = tile;
  if (!width || !height || !durationMs) return null;
  const sprite = renditionOf(renditions.data, 'sprite');
  const layout = spriteLayout({ width, height, durationMs });
  // A touch opens the asset; only a pointer that hovers scrubs.
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType !== 'mouse') return;
    setAsked(true);
    const box = event.currentTarget.getBoundingClientRect();
    setShare((event.clientX - box.left) / box.width);
  };
  return (
    <div
      data-scrub={share === null ? undefined : ''}
      className="absolute inset-0"
      onPointerMove={move}
      onPointerLeave={() => setShare(null)}
    >
      {share !== null && sprite?.state === 'ready' && (
        <>
          <div className="flex size-full items-center justify-center overflow-hidden bg-sunken">
            <div
              className="min-h-full min-w-full shrink-0"
              style={{
                aspectRatio: `${width} / ${height}`,
                backgroundImage: `url("${ownPath(sprite.url)}")`,
                ...spriteCell(layout, share),
              }}
            />
          </div>
          <div className="absolute inset-x-0 bottom-0 h-1 bg-black/40">
            <div className="h-full bg-white" style={{ width: `${share * 100}%` }} />
          </div>
          <span className="absolute top-2 left-2 rounded-md bg-raised/90 px-1.5 py-0.5 font-medium text-ink text-xs tabular shadow-card">
            {formatDuration(share * durationMs)}
          </span>
        </>
      )}
    </div>
  );
}
