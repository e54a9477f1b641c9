import type { AssetType, Stats } from '@vitrine/schema';

interface CounterRow {
  readonly type: AssetType;
  readonly count: number;
  readonly bytes: number;
}

/** Sums counter rows; a kind without a row has nothing. */
export function toStats(rows: readonly CounterRow[]): Stats {
  const none = () => ({ count: 0, bytes: 0 });
  const byType = { image: none(), video: none(), audio: none(), document: none() };
  const sum = none();
  for (const { type, count, bytes } of rows) {
    for (const entry of [byType[type], sum]) {
      entry.count += count;
      entry.bytes += bytes;
    }
  }
  return { ...sum, byType };
}
