import type { AssetTile } from '@vitrine/schema';
import type { KeyboardEvent } from 'react';
import type { GridSelection } from './grid-selection.ts';
import { moveInGrid } from './move-in-grid.ts';

interface Focused {
  readonly tiles: readonly AssetTile[];
  /** Index of the tile that has the focus. */
  readonly active: number;
  readonly columns: number;
  readonly rowsPerPage: number;
}

/** Chooses with the keyboard: `x` toggles, Shift with a key that moves takes everything on the way, ⌘A or Ctrl A takes all. */
export function chooseByKey(
  { chosen, onChoose, onChooseAll }: GridSelection,
  event: KeyboardEvent,
  { tiles, active, columns, rowsPerPage }: Focused,
): void {
  if (event.altKey) return;
  const jump = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (jump && key === 'a') {
    event.preventDefault();
    onChooseAll();
    return;
  }
  const isToggle = key === 'x' && !jump;
  const place = { index: active, count: tiles.length, columns, rowsPerPage };
  const index = isToggle ? active : event.shiftKey ? moveInGrid(place, { key, jump }) : null;
  const tile = index === null ? undefined : tiles[index];
  if (!tile) return;
  const first = tiles[active];
  if (event.shiftKey && chosen.size === 0 && first) onChoose(first, false);
  onChoose(tile, event.shiftKey);
}
