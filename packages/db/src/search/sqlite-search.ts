import { facetToken, type SearchAtom, type SearchClause } from '@vitrine/core';
import { and, asc, gte, lt, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { assetSearch } from '../tables/sqlite-search.ts';
import type { SearchDialect } from './search-dialect.ts';

const searchWords = sqliteTable('asset_search_fts_words', { word: text('word').notNull() });

/** How FTS5 takes its commands: as rows. */
const commands = sqliteTable('asset_search_fts', {
  command: text('asset_search_fts').notNull(),
  rank: integer('rank').notNull(),
});
/** How much is merged in one go. */
const mergedPages = 32;

/** The longest beginning that the index itself finds without reading whatever it belongs to; see the migration. */
const longestPrefix = 4;
/** More words than these are not asked for one by one. */
const mostEndings = 24;

const lengthOf = (word: string) => [...word].length;

/** FTS5's syntax for an atom. Words hold neither quotes nor operators, and are quoted all the same. */
function atomText(atom: SearchAtom): string {
  switch (atom.kind) {
    case 'facet':
      return `"${atom.token}"`;
    case 'words':
      return `"${atom.words.join(' ')}"${atom.open ? ' *' : ''}`;
    default:
      return atom satisfies never;
  }
}

const anyOf = (atoms: readonly SearchAtom[]) =>
  // An empty list holds nowhere; no text has this word.
  `(${atoms.length > 0 ? atoms.map(atomText).join(' OR ') : '"_none"'})`;

function matchText(clauses: readonly SearchClause[]): string {
  const wanted = clauses.filter(({ negated }) => !negated).map((clause) => anyOf(clause.anyOf));
  const unwanted = clauses.filter(({ negated }) => negated).flatMap((clause) => clause.anyOf);
  const all = wanted.length > 0 ? wanted.join(' AND ') : `"${facetToken.any}"`;
  return unwanted.length > 0 ? `(${all}) NOT ${anyOf(unwanted)}` : all;
}

/** The first word that does not begin so. The highest code point ends no word. */
const behind = (beginning: string) => `${beginning}\u{10ffff}`;

export const sqliteSearch: SearchDialect = {
  newDocid: (at) => sql`(
    select coalesce(max(docid) + 1, ${at} << 20) from asset_search_fts_assets
    where docid >= ${at} << 20 and docid < (${at} + 1) << 20)`,

  async keepWords(db, words) {
    const long = [...new Set(words)].filter((word) => lengthOf(word) > longestPrefix);
    if (long.length === 0) return;
    await db
      .insert(searchWords)
      .select(sql`select value from json_each(${JSON.stringify(long)}) where true`)
      .onConflictDoNothing();
  },

  /**
   * FTS5 answers a beginning that it has no index for by reading everything that follows from it, which for a common word is
   * far more than a page needs. Its words, each asked for by itself, are walked from the newest.
   */
  async openEnded(db, clauses) {
    async function endings(atom: SearchAtom): Promise<SearchAtom[]> {
      if (atom.kind !== 'words' || !atom.open) return [atom];
      const last = atom.words.at(-1) ?? '';
      if (lengthOf(last) <= longestPrefix) return [atom];
      const known = await db
        .select({ word: searchWords.word })
        .from(searchWords)
        .where(and(gte(searchWords.word, last), lt(searchWords.word, behind(last))))
        .orderBy(asc(searchWords.word))
        .limit(mostEndings + 1);
      if (known.length > mostEndings) return [atom];
      const [first = last, ...rest] = [...atom.words.slice(0, -1)];
      return known.map(({ word }) => ({
        kind: 'words',
        words: atom.words.length === 1 ? [word] : [first, ...rest, word],
        open: false,
      }));
    }
    return Promise.all(
      clauses.map(async (clause) => ({
        ...clause,
        anyOf: (await Promise.all(clause.anyOf.map(endings))).flat(),
      })),
    );
  },

  matches: (clauses) => sql`${assetSearch} match ${matchText(clauses)}`,
  /**
   * Every write leaves a piece of index behind, and a search opens each word in each piece. FTS5 merges them as it goes, to about
   * 26 at a million assets; as one piece a common word takes a seventh of the time.
   */
  async tidy(db, begin) {
    const changes = async () => {
      const [row] = await db.select({ count: sql<number>`total_changes()` }).from(sql`(select 1)`);
      return row?.count ?? 0;
    };
    const before = await changes();
    await db.insert(commands).values({ command: 'merge', rank: begin ? -mergedPages : mergedPages });
    // FTS5's documentation: fewer than two changes mean that there was nothing to merge.
    return (await changes()) - before >= 2;
  },

  from: (at) => sql`${assetSearch.docid} >= (${at} << 20)`,
  upTo: (at) => sql`${assetSearch.docid} < ((${at} + 1) << 20)`,
  newest: [sql`${assetSearch.docid} desc`],
  ordersTies: false,
};
