import type { AssetTile } from '@vitrine/schema';
import { memo } from 'react';
import { AssetTileFace } from './asset-tile-face.tsx';

interface AssetTileCheckProps {
  tile: AssetTile;
  index: number;
  isActive: boolean;
  isChosen: boolean;
  onFocus: (index: number) => void;
  onChoose: (tile: AssetTile, isRange: boolean) => void;
}

/** One asset of a grid that is chosen from: a box to tick, and the whole tile ticks it. */
export const AssetTileCheck = memo(function AssetTileCheck({
  tile,
  index,
  isActive,
  isChosen,
  onFocus,
  onChoose,
}: AssetTileCheckProps) {
  return (
    <label
      data-kind={tile.type}
      className="group relative block cursor-pointer select-none scroll-mt-44 scroll-mb-24 rounded-xl outline-offset-[3px] has-checked:outline-2 has-checked:outline-accent has-focus-visible:outline-3 has-focus-visible:outline-[var(--focus)]"
    >
      <input
        type="checkbox"
        checked={isChosen}
        data-index={index}
        tabIndex={isActive ? 0 : -1}
        onFocus={() => onFocus(index)}
        // The click that ticks it knows whether Shift was held, also when it came from the space bar.
        onChange={({ nativeEvent }) =>
          onChoose(tile, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
        className="absolute top-2 left-2 z-10 size-6 cursor-pointer rounded-md accent-(--accent) shadow-float outline-none"
      />
      <AssetTileFace tile={tile} />
    </label>
  );
});
