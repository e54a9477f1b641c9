// Which asset was opened from which grid, by the grid's address; it lives as long as the page.
const opened = new Map<string, string>();

/** Remembers the asset that a grid was left for. */
export function rememberOpened(grid: string, assetId: string): void {
  opened.set(grid, assetId);
}

/** The asset that a grid was left for, told once: coming back puts the focus on it. */
export function takeOpened(grid: string): string | null {
  const id = opened.get(grid) ?? null;
  opened.delete(grid);
  return id;
}
