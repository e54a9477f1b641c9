interface Peak {
  readonly at: number;
  /** 0–1. */
  readonly height: number;
}

/** A drawing of sound, the same each time for an id; not the sound itself. */
export function wavePeaks(id: string, count: number): Peak[] {
  let seed = 2166136261;
  for (const character of id) seed = Math.imul(seed ^ character.charCodeAt(0), 16777619) >>> 0;
  return Array.from({ length: count }, (_, at) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const noise = seed / 2 ** 32;
    // Quiet at both ends, as most recordings are.
    const swell = Math.sin((Math.PI * (at + 0.5)) / count);
    return { at, height: 0.1 + 0.9 * noise * (0.35 + 0.65 * swell) };
  });
}
