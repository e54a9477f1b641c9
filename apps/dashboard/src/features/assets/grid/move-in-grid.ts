/** Where the focus is in a grid that is filled row by row. */
export interface GridPosition {
  readonly index: number;
  readonly count: number;
  readonly columns: number;
  /** Rows that fit on the screen, for Page Up and Page Down. */
  readonly rowsPerPage: number;
}

interface GridKey {
  readonly key: string;
  /** Ctrl or ⌘. */
  readonly jump: boolean;
}

/** The index that a key moves the focus to, or null for a key that does not move it. */
export function moveInGrid(position: GridPosition, { key, jump }: GridKey): number | null {
  const { index, count, columns, rowsPerPage } = position;
  if (count === 0) return null;
  const rowStart = index - (index % columns);
  const last = count - 1;
  // Up and down stay in their column; a shorter last row takes the focus to its end.
  const byRows = (rows: number) => {
    const target = index + rows * columns;
    if (target < 0) return rows === -1 ? index : index % columns;
    if (target <= last) return target;
    const lastRowStart = last - (last % columns);
    return rowStart === lastRowStart ? index : Math.min(last, lastRowStart + (index % columns));
  };
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowDown':
      return byRows(1);
    case 'ArrowUp':
      return byRows(-1);
    case 'PageDown':
      return byRows(Math.max(1, rowsPerPage));
    case 'PageUp':
      return byRows(-Math.max(1, rowsPerPage));
    case 'Home':
      return jump ? 0 : rowStart;
    case 'End':
      return jump ? last : Math.min(last, rowStart + columns - 1);
    default:
      return null;
  }
}
