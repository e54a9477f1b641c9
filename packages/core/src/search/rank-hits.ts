import { type SearchTerm, tokensOf } from '@vitrine/schema';
import { phraseIn } from './phrase-in.ts';
import type { SearchHit } from './search-match.ts';

/** What a match in the name is worth beside one in a tag, a client's name or a document's text. */
const worth = { first: 1, whole: 4, begun: 3, elsewhere: 1 } as const;

/**
 * Best first; of equals the newest first, as they come. A word counts most as a whole word of the name, then as the beginning of
 * one, and a little more where the name begins with it. Counted here, so both databases rank alike, and no word's frequency in the
 * whole library has to be known.
 */
export function rankHits(hits: readonly SearchHit[], terms: readonly SearchTerm[]): SearchHit[] {
  const phrases = terms.flatMap((term) =>
    term.is === 'text' && !term.negated ? [{ words: tokensOf(term.text), open: !term.quoted }] : [],
  );
  const scored = hits.map((hit) => ({ hit, score: scoreOf(tokensOf(hit.name), phrases) }));
  return scored.sort((a, b) => b.score - a.score).map(({ hit }) => hit);
}

function scoreOf(
  name: readonly string[],
  phrases: readonly { readonly words: readonly string[]; readonly open: boolean }[],
): number {
  let score = 0;
  for (const phrase of phrases) {
    if (phraseIn(name, { ...phrase, open: false })) score += worth.whole;
    else if (phraseIn(name, phrase)) score += worth.begun;
    else score += worth.elsewhere;
    if (name[0] !== undefined && phrase.words[0] !== undefined && name[0].startsWith(phrase.words[0])) {
      score += worth.first;
    }
  }
  return score;
}
