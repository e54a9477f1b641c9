/** How tiles share the width: all lengths in CSS pixels. */
export interface GridLayout {
  readonly columns: number;
  readonly tileWidth: number;
  /** Height of a row, with the gap beneath it. */
  readonly rowHeight: number;
  readonly gap: number;
}

const captionHeight = 58;

/** As many columns as fit, at least two: a phone shows two tiles side by side. */
export function gridLayout(width: number): GridLayout {
  const gap = width < 560 ? 12 : 20;
  const smallest = width < 560 ? 150 : width < 1000 ? 190 : 226;
  const columns = Math.max(2, Math.floor((width + gap) / (smallest + gap)));
  const tileWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
  return { columns, tileWidth, rowHeight: Math.round(tileWidth * 0.75) + captionHeight + gap, gap };
}
