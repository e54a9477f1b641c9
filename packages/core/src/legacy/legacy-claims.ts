import { type AssetFacts, type LegacyNote, wholeSeconds } from '@vitrine/schema';
import { note } from './note.ts';
import type { LegacyAsset } from './read-legacy-asset.ts';

interface Found {
  readonly facts: AssetFacts;
  readonly mimeType: string;
  readonly size: number;
}

const said = (value: unknown) => (value === null || value === '' ? null : value);
const same = (old: unknown, now: unknown) => {
  if (said(old) === null) return now === null;
  return typeof now === 'number' ? Number(old) === now : String(old).toLowerCase() === String(now);
};

/** What the row said of its bytes and they do not: the bytes are right, and both are told. */
export function correctedClaims({ claims }: LegacyAsset, { facts, mimeType, size }: Found): LegacyNote[] {
  const durationMs = 'durationMs' in facts ? facts.durationMs : null;
  const now: Readonly<Record<string, string | number | null>> = {
    type: facts.type,
    format: facts.format,
    mimeType,
    size,
    width: 'width' in facts ? facts.width : null,
    height: 'height' in facts ? facts.height : null,
    duration: durationMs === null ? null : durationMs / 1000,
    pageCount: 'pageCount' in facts ? facts.pageCount : null,
  };
  return Object.entries(claims).flatMap(([field, old]) => {
    const is = now[field] ?? null;
    // Whole seconds are how it is shown, so a row that has them was right.
    if (field === 'duration' && durationMs !== null && same(old, wholeSeconds(durationMs))) return [];
    if (same(old, is)) return [];
    return [
      note('corrected', `'${field}' was ${old ?? 'empty'} and is ${is ?? 'none'}`, { field, old, new: is }),
    ];
  });
}
