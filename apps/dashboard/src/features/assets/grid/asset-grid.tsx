import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import type { AssetTile } from '@vitrine/schema';
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import type { AssetPageSearch } from '../asset-search.ts';
import { AssetTileCheck } from '../components/asset-tile-check.tsx';
import { AssetTileLink } from '../components/asset-tile-link.tsx';
import { chooseByKey } from './choose-by-key.ts';
import { gridLayout } from './grid-layout.ts';
import { cellProps, gridProps, rowProps } from './grid-roles.ts';
import type { GridSelection } from './grid-selection.ts';
import { rememberOpened } from './opened-asset.ts';
import { useElementBox } from './use-element-box.ts';
import { useGridFocus } from './use-grid-focus.ts';

interface AssetGridProps {
  label: string;
  /** The grid's address; the focus is put back under it. */
  place: string;
  tiles: readonly AssetTile[];
  /** All assets that match, or null when only the server could count them. */
  total: number | null;
  hasMore: boolean;
  onNeedMore: () => void;
  search: AssetPageSearch;
  /** Set while tiles are chosen instead of opened. */
  selection?: GridSelection | undefined;
}

const rowsAhead = 4;

/** The tiles of any number of assets: only the rows near the screen are in the document. */
export function AssetGrid({
  label,
  place,
  tiles,
  total,
  hasMore,
  onNeedMore,
  search,
  selection,
}: AssetGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const { width, top } = useElementBox(grid);
  const { columns, tileWidth, rowHeight, gap } = gridLayout(width);
  const rowCount = Math.ceil(tiles.length / columns);
  const rowsPerPage = Math.max(1, Math.floor((window.innerHeight - 180) / rowHeight));
  const { active, setActive, onKeyDown } = useGridFocus({ grid, place, tiles, columns, rowsPerPage });
  const onGridKey = (event: KeyboardEvent) => {
    if (selection) chooseByKey(selection, event, { tiles, active, columns, rowsPerPage });
    onKeyDown(event);
  };
  const activeRow = Math.floor(active / columns);

  const virtualizer = useWindowVirtualizer({
    count: width === 0 ? 0 : rowCount,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollMargin: top,
    // The tab stop stays in the document, however far away it is.
    rangeExtractor: (range) => {
      const rows = new Set(defaultRangeExtractor(range));
      if (activeRow < rowCount) rows.add(activeRow);
      return [...rows].sort((a, b) => a - b);
    },
  });
  // Rows were measured for another width; the new height counts from now on.
  useEffect(() => {
    if (rowHeight > 0) virtualizer.measure();
  }, [virtualizer, rowHeight]);

  const rows = virtualizer.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && width > 0 && lastRow >= rowCount - rowsAhead) onNeedMore();
  }, [hasMore, width, lastRow, rowCount, onNeedMore]);

  const onOpen = useCallback((tile: AssetTile) => rememberOpened(place, tile.id), [place]);

  return (
    <div
      ref={grid}
      {...gridProps({ label, columns, total, onKeyDown: onGridKey })}
      className="relative"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {rows.map((row) => (
        <div
          key={row.index}
          {...rowProps(row.index)}
          className="absolute top-0 left-0 flex"
          style={{ transform: `translateY(${row.start - top}px)`, gap }}
        >
          {tiles.slice(row.index * columns, (row.index + 1) * columns).map((tile, column) => (
            <div key={tile.id} {...cellProps(column)} style={{ width: tileWidth }}>
              {selection ? (
                <AssetTileCheck
                  tile={tile}
                  index={row.index * columns + column}
                  isActive={row.index * columns + column === active}
                  isChosen={selection.chosen.has(tile.id)}
                  onFocus={setActive}
                  onChoose={selection.onChoose}
                />
              ) : (
                <AssetTileLink
                  tile={tile}
                  index={row.index * columns + column}
                  isActive={row.index * columns + column === active}
                  search={search}
                  onFocus={setActive}
                  onOpen={onOpen}
                />
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
