import type { KeyboardEventHandler } from 'react';

interface GridRoleInput {
  readonly label: string;
  readonly columns: number;
  /** All assets, drawn or not; null when they are not counted. */
  readonly total: number | null;
  readonly onKeyDown: KeyboardEventHandler;
}

/** ARIA's grid pattern: the element around the rows. A table cannot be drawn in parts, so the roles are given by hand. */
export function gridProps({ label, columns, total, onKeyDown }: GridRoleInput) {
  return {
    role: 'grid',
    'aria-label': label,
    'aria-rowcount': total === null ? -1 : Math.ceil(total / columns),
    'aria-colcount': columns,
    onKeyDown,
  } as const;
}

/** A row; `index` counts from 0, ARIA from 1. */
export function rowProps(index: number) {
  return { role: 'row', 'aria-rowindex': index + 1 } as const;
}

/** A cell; the link inside it takes the focus. */
export function cellProps(column: number) {
  return { role: 'gridcell', 'aria-colindex': column + 1 } as const;
}
