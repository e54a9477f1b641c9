import type { AssetTile } from '@vitrine/schema';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { moveInGrid } from './move-in-grid.ts';
import { takeOpened } from './opened-asset.ts';

interface GridFocusOptions {
  grid: RefObject<HTMLElement | null>;
  /** The grid's address, under which the opened asset was remembered. */
  place: string;
  tiles: readonly AssetTile[];
  columns: number;
  rowsPerPage: number;
}

const framesToWait = 12;

/** The roving focus of a grid: one tab stop, moved by the arrow keys, and put back where it was after Back. */
export function useGridFocus({ grid, place, tiles, columns, rowsPerPage }: GridFocusOptions) {
  const [active, setActive] = useState(0);
  const wanted = useRef<number | null>(null);
  const restored = useRef<string | null>(null);

  useEffect(() => {
    if (restored.current === place || tiles.length === 0) return;
    restored.current = place;
    const id = takeOpened(place);
    const index = id === null ? -1 : tiles.findIndex((tile) => tile.id === id);
    if (index < 0) return;
    wanted.current = index;
    setActive(index);
  }, [place, tiles]);

  // The row may only be drawn a frame or two after it was scrolled to.
  useEffect(() => {
    if (wanted.current !== active) return;
    let frames = 0;
    let request = 0;
    const tryFocus = () => {
      const link = grid.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
      if (link) {
        wanted.current = null;
        link.focus({ preventScroll: true });
        link.scrollIntoView({ block: 'nearest' });
        return;
      }
      frames += 1;
      if (frames < framesToWait) request = requestAnimationFrame(tryFocus);
    };
    tryFocus();
    return () => cancelAnimationFrame(request);
  }, [active, grid]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return;
    const next = moveInGrid(
      { index: active, count: tiles.length, columns, rowsPerPage },
      { key: event.key, jump: event.ctrlKey || event.metaKey },
    );
    if (next === null) return;
    event.preventDefault();
    wanted.current = next;
    setActive(next);
  };

  return { active: Math.min(active, Math.max(0, tiles.length - 1)), setActive, onKeyDown };
}
