import type { AssetTile } from '@vitrine/schema';
import { kindIcons } from '../kind-icons.ts';
import { wavePeaks } from '../wave-peaks.ts';

const lines = ['100%', '92%', '97%', '64%', '99%', '88%', '40%'] as const;

/** Stands for an asset without a picture: drawn, in the colour of its kind. */
export function TilePlaceholder({ tile }: { tile: Pick<AssetTile, 'id' | 'type' | 'format'> }) {
  switch (tile.type) {
    case 'audio':
      return (
        <div data-kind="audio" className="flex size-full items-center bg-(--kind-wash) px-[12%]">
          <svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true" className="h-2/5 w-full">
            {wavePeaks(tile.id, 28).map(({ at, height }) => (
              <rect
                key={at}
                x={at * (100 / 28) + 0.8}
                y={20 - height * 20}
                width="2"
                height={height * 40}
                rx="1"
                className="fill-(--kind) opacity-70"
              />
            ))}
          </svg>
        </div>
      );
    case 'document':
      return (
        <div data-kind="document" className="flex size-full items-end justify-center bg-(--kind-wash)">
          <div className="flex h-[82%] w-[46%] flex-col gap-[6%] rounded-t-lg bg-surface px-[7%] pt-[9%] shadow-float">
            <span className="font-semibold text-(--kind) text-2xs tracking-wide">
              {tile.format.toUpperCase()}
            </span>
            {lines.map((width) => (
              <span key={width} className="h-[3px] shrink-0 rounded-full bg-line" style={{ width }} />
            ))}
          </div>
        </div>
      );
    case 'image':
    case 'video': {
      const Icon = kindIcons[tile.type];
      return (
        <div
          data-kind={tile.type}
          className="flex size-full flex-col items-center justify-center gap-2 bg-(--kind-wash) text-(--kind)"
        >
          <Icon size={30} strokeWidth={1.5} aria-hidden />
          <span className="font-semibold text-2xs tracking-wide">{tile.format.toUpperCase()}</span>
        </div>
      );
    }
    default:
      return tile.type satisfies never;
  }
}
