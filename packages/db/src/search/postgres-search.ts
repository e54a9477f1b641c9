import { facetToken, type SearchAtom, type SearchClause } from '@vitrine/core';
import { and, not, or, type SQL, sql } from 'drizzle-orm';
import { assets } from '../tables/postgres.ts';
import { assetSearch } from '../tables/postgres-search.ts';
import type { SearchDialect } from './search-dialect.ts';

const isPhrase = (atom: SearchAtom) => atom.kind === 'words' && atom.words.length > 1;

/** A tsquery's syntax for an atom; of a phrase only that all its words are there. */
function atomText(atom: SearchAtom): string {
  switch (atom.kind) {
    case 'facet':
      return `'${atom.token}'`;
    case 'words': {
      const last = atom.words.length - 1;
      return `(${atom.words.map((word, at) => `'${word}'${atom.open && at === last ? ':*' : ''}`).join(' & ')})`;
    }
    default:
      return atom satisfies never;
  }
}

const anyText = (atoms: readonly SearchAtom[]) =>
  `(${atoms.length > 0 ? atoms.map(atomText).join(' | ') : "'_none'"})`;
const indexed = (query: string) => sql`asset_search_fts.words @@ ${query}::tsquery`;

/**
 * A phrase is looked for in the texts: a tsvector keeps no position behind 16,383 and of each word at most 256, so it would lose
 * phrases of long documents. Words hold nothing that `like` takes for a pattern.
 */
function holds(atom: SearchAtom): SQL | undefined {
  if (atom.kind !== 'words' || atom.words.length === 1) return indexed(atomText(atom));
  const pattern = `% ${atom.words.join(' ')}${atom.open ? '' : ' '}%`;
  const { name, labels, body } = assetSearch;
  return or(...[name, labels, body].map((column) => sql`(' ' || ${column} || ' ') like ${pattern}`));
}

function clauseCondition({ negated, anyOf }: SearchClause): SQL | undefined {
  const holdsAny = or(...anyOf.map(holds));
  return negated && holdsAny ? not(holdsAny) : holdsAny;
}

export const postgresSearch: SearchDialect = {
  // Any number that nobody else has: lists are ordered by the rows here.
  newDocid: () => sql`(random() * 9007199254740991)::bigint`,
  keepWords: async () => {},
  openEnded: async (_db, clauses) => clauses,

  matches(clauses) {
    const exact = clauses.filter(({ anyOf }) => anyOf.some(isPhrase));
    const parts = clauses
      .filter((clause) => !(clause.negated && exact.includes(clause)))
      .map(({ negated, anyOf }) => (negated ? `!${anyText(anyOf)}` : anyText(anyOf)));
    const query = [`'${facetToken.any}'`, ...parts].join(' & ');
    return and(indexed(query), ...exact.map(clauseCondition)) ?? sql`true`;
  },
  // Autovacuum does it.
  tidy: async () => false,
  from: () => null,
  upTo: () => null,
  newest: [sql`${assets.uploadedAt} desc`, sql`${assets.id} desc`],
  ordersTies: true,
};
