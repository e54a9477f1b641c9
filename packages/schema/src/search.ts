import { type AssetFormat, type AssetType, assetFormats, assetTypes } from './format.ts';
import { tokensOf } from './search-tokens.ts';
import { parseDate, parseDuration, parseSize } from './search-values.ts';

/** What `has:` asks for. */
export const searchableParts = ['tag', 'role', 'campaign'] as const;
export type SearchablePart = (typeof searchableParts)[number];

export const searchComparisons = ['>=', '<=', '>', '<'] as const;
export type SearchComparison = (typeof searchComparisons)[number];

/** One condition of a search. Names are as they were written; whoever runs the search looks up what they mean. */
export type SearchCondition =
  /** Words that follow one another; unquoted, the last one may be the beginning of a word. */
  | { readonly is: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly is: 'kind'; readonly kind: AssetType }
  | { readonly is: 'format'; readonly format: AssetFormat }
  /** A role's name or a free tag's. */
  | { readonly is: 'tag'; readonly name: string }
  /** The beginning of a name, or an id. */
  | { readonly is: 'client'; readonly name: string }
  | { readonly is: 'campaign'; readonly name: string }
  | { readonly is: 'size'; readonly comparison: SearchComparison; readonly bytes: number }
  | { readonly is: 'duration'; readonly comparison: SearchComparison; readonly ms: number }
  /** On this day (UTC, its beginning in milliseconds) or later. */
  | { readonly is: 'after'; readonly at: number }
  /** Before this day begins. */
  | { readonly is: 'before'; readonly at: number }
  | { readonly is: 'has'; readonly part: SearchablePart };
export type SearchTerm = SearchCondition & { readonly negated: boolean };

/** What in a query was not understood. It was searched for as plain words, or left out where there were too many. */
export interface SearchHint {
  readonly text: string;
  readonly reason: 'unknown_filter' | 'unknown_value' | 'too_many_terms' | 'too_long';
}

/** A query, understood. An asset is found when all its terms hold; see docs/search.md. */
export interface SearchQuery {
  readonly terms: readonly SearchTerm[];
  readonly hints: readonly SearchHint[];
}

/** Characters of a query that are read, and how many terms. */
export const maxSearchLength = 500;
export const maxSearchTerms = 20;

const comparison = '(?::?(>=|<=|>|<)|:)';
const filterPattern = new RegExp(String.raw`^(\p{L}+)${comparison}(.*)$`, 'su');
const quote = '"“”„';
const termPattern = new RegExp(
  `(-?)(?:(\\p{L}+:)?[${quote}]([^${quote}]*)(?:[${quote}]|$)|([^\\s]+))`,
  'gsu',
);

type Reader = (value: string, comparison: SearchComparison | undefined) => SearchCondition | null;

const isOneOf = <T extends string>(values: readonly T[], value: string): T | null =>
  values.find((known) => known === value.toLowerCase()) ?? null;

const compared = (
  value: number | null,
  comparison: SearchComparison | undefined,
  make: (value: number, comparison: SearchComparison) => SearchCondition,
): SearchCondition | null => (value !== null && comparison ? make(value, comparison) : null);

const plain =
  (make: (value: string) => SearchCondition | null): Reader =>
  (value, comparison) =>
    comparison === undefined ? make(value) : null;

const named = (is: 'tag' | 'client' | 'campaign') =>
  plain((name) => (name.trim() === '' ? null : { is, name: name.trim() }));

const kindReader = plain((value) => {
  const kind = isOneOf(assetTypes, value);
  return kind && { is: 'kind', kind };
});
const hasReader = plain((value) => {
  const part = isOneOf(searchableParts, value.replace(/s$/i, ''));
  return part && { is: 'has', part };
});
const dateReader = (is: 'after' | 'before') =>
  plain((value) => {
    const at = parseDate(value);
    return at === null ? null : { is, at };
  });

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['kind', kindReader],
  ['type', kindReader],
  [
    'format',
    plain((value) => {
      const format = isOneOf(assetFormats, value.replace(/^\./, ''));
      return format && { is: 'format', format };
    }),
  ],
  ['tag', named('tag')],
  ['client', named('client')],
  ['campaign', named('campaign')],
  [
    'size',
    (value, sign) =>
      compared(parseSize(value), sign, (bytes, comparison) => ({ is: 'size', comparison, bytes })),
  ],
  [
    'duration',
    (value, sign) =>
      compared(parseDuration(value), sign, (ms, comparison) => ({ is: 'duration', comparison, ms })),
  ],
  ['after', dateReader('after')],
  ['before', dateReader('before')],
  ['has', hasReader],
  ['none', hasReader],
]);

/** The names of all filters, for completing them. */
export const searchFilters: readonly string[] = [...readers.keys()];

function asComparison(text: string | undefined): SearchComparison | undefined {
  return searchComparisons.find((known) => known === text);
}

interface Written {
  readonly negated: boolean;
  /** Without the minus and the quotes. */
  readonly text: string;
  readonly filter: {
    readonly name: string;
    readonly sign: SearchComparison | undefined;
    readonly value: string;
  } | null;
  readonly quoted: boolean;
}

function filterIn(text: string): Written['filter'] {
  const match = filterPattern.exec(text);
  const [, name, sign, value] = match ?? [];
  if (name === undefined || value === undefined) return null;
  return { name: name.toLowerCase(), sign: asComparison(sign), value };
}

function written(query: string): Written[] {
  return [...query.matchAll(termPattern)].map(([, minus, key, inQuotes, word = '']) => {
    const negated = minus === '-';
    if (inQuotes === undefined) return { negated, text: word, filter: filterIn(word), quoted: false };
    if (key === undefined) return { negated, text: inQuotes, filter: null, quoted: true };
    const filter = { name: key.slice(0, -1).toLowerCase(), sign: undefined, value: inQuotes };
    return { negated, text: `${key}${inQuotes}`, filter, quoted: true };
  });
}

function understand({ text, filter, quoted, negated }: Written): {
  term: SearchTerm | null;
  hint: SearchHint | null;
} {
  const reader = filter && readers.get(filter.name);
  const condition = filter && reader?.(filter.value, filter.sign);
  if (condition)
    return { term: { ...condition, negated: filter.name === 'none' ? !negated : negated }, hint: null };
  const words = tokensOf(text).length > 0;
  const term: SearchTerm | null = words ? { is: 'text', text: text.trim(), quoted, negated } : null;
  // Times and addresses have colons too, and nobody means a filter with them.
  const isFilter = filter && filter.value !== '' && !filter.value.startsWith('//');
  if (!isFilter) return { term, hint: null };
  return { term, hint: { text: text.slice(0, 100), reason: reader ? 'unknown_value' : 'unknown_filter' } };
}

/** Reads a query as people write it. Never fails: what is no filter is a word, and hints say what may have been meant as one. */
export function parseSearch(text: string): SearchQuery {
  const characters = [...text.toWellFormed()];
  const hints: SearchHint[] = [];
  if (characters.length > maxSearchLength) hints.push({ text: '', reason: 'too_long' });
  const terms: SearchTerm[] = [];
  for (const one of written(characters.slice(0, maxSearchLength).join(''))) {
    const { term, hint } = understand(one);
    if (term && terms.length === maxSearchTerms) {
      hints.push({ text: one.text.slice(0, 100), reason: 'too_many_terms' });
      break;
    }
    if (hint) hints.push(hint);
    if (term) terms.push(term);
  }
  return { terms, hints };
}
