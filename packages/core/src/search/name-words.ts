import { tokensOf } from '@vitrine/schema';

const mostKept = 50_000;
const kept = new Map<string, readonly string[]>();

/** `tokensOf` for names that are looked at by every search: kept, since a library has few of them. */
export function nameWords(name: string): readonly string[] {
  const known = kept.get(name);
  if (known) return known;
  if (kept.size >= mostKept) kept.clear();
  const words = tokensOf(name);
  kept.set(name, words);
  return words;
}
