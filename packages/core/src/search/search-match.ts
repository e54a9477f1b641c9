import type { AssetId, PagePosition, SearchComparison } from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';

/** What one document of the index may have. */
export type SearchAtom =
  /** These words, one behind the other in one of its texts; `open`: the last one may be the beginning of a word. */
  | { readonly kind: 'words'; readonly words: readonly [string, ...string[]]; readonly open: boolean }
  /** A fact, as `facetTokens` writes it. */
  | { readonly kind: 'facet'; readonly token: string };

/** Holds when one of its atoms does, or, negated, when none of them does. */
export interface SearchClause {
  readonly negated: boolean;
  readonly anyOf: readonly SearchAtom[];
}

/** A condition on what the rows say. An asset without the fact fulfils it only negated. */
export interface SearchBound {
  readonly of: 'size' | 'durationMs' | 'uploadedAt';
  readonly comparison: SearchComparison;
  readonly value: number;
  readonly negated: boolean;
}

/** A search once every name in it is looked up: all clauses and all bounds hold. */
export interface SearchMatch {
  readonly visibility: Visibility;
  readonly clauses: readonly SearchClause[];
  readonly bounds: readonly SearchBound[];
}

/** Matches newest first, ties by id (descending), like a list. */
export interface SearchPage extends SearchMatch {
  /** Only these. */
  readonly within?: readonly AssetId[];
  readonly after?: PagePosition;
  readonly limit: number;
}

export interface SearchHit {
  readonly id: AssetId;
  /** Milliseconds. */
  readonly uploadedAt: number;
  readonly name: string;
}
