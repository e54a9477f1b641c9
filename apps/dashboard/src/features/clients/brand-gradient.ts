/** Colours as equal stripes without a blend, for a CSS `background`. */
export function brandGradient(colors: readonly string[], angle = 135): string {
  const share = 100 / Math.max(1, colors.length);
  const stops = colors.map((color, index) => `${color} ${index * share}% ${(index + 1) * share}%`);
  return `linear-gradient(${angle}deg, ${stops.join(', ')})`;
}
