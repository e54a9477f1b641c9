/** CSS: 96 px to the inch; an em is the initial font size of 16 px. */
const pxPerUnit: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  em: 16,
  rem: 16,
};

/** An SVG length in px; null for a percentage, `auto` and units that need a font, which say nothing by themselves. */
export function svgLength(attribute: string | undefined): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(attribute ?? '');
  const unit = pxPerUnit[match?.[2]?.toLowerCase() ?? ' '];
  return match && unit !== undefined ? Number(match[1]) * unit : null;
}

/** Width and height of a viewBox; null when there is none, or none that shows anything. */
export function viewBoxSize(attribute: string | undefined): { width: number; height: number } | null {
  const numbers = (attribute ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , width = 0, height = 0] = numbers;
  const valid = numbers.length === 4 && numbers.every(Number.isFinite) && width > 0 && height > 0;
  return valid ? { width, height } : null;
}
