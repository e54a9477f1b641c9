const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Mixes two #RRGGBB colours; `t` 0 is the first, 1 the second. */
export function mix(a: string, b: string, t: number): string {
  const second = channels(b);
  const mixed = channels(a).map((value, index) => Math.round(value + ((second[index] ?? 0) - value) * t));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

export const lighter = (color: string, t: number) => mix(color, '#ffffff', t);
export const darker = (color: string, t: number) => mix(color, '#000000', t);
