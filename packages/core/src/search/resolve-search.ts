import {
  campaignIdSchema,
  clientIdSchema,
  fold,
  roles,
  type SearchCondition,
  type SearchTerm,
  tagKey,
  tokensOf,
} from '@vitrine/schema';
import { candidatesOf, facetToken } from './facet-token.ts';
import { nameWords } from './name-words.ts';
import { phraseIn } from './phrase-in.ts';
import type { SearchAtom, SearchBound, SearchClause, SearchMatch } from './search-match.ts';
import type { SearchName } from './search-repository.ts';

/** Of the names that a word stands in so many are searched for; it is meant for few. */
const mostNames = 300;

type Resolved = Pick<SearchMatch, 'clauses' | 'bounds'>;
type Of<T extends SearchCondition['is']> = Extract<SearchCondition, { is: T }>;

const facet = (token: string): SearchAtom => ({ kind: 'facet', token });

function tokenOf(name: SearchName): string {
  switch (name.kind) {
    case 'client':
      return facetToken.client(name.id);
    case 'campaign':
      return facetToken.campaign(name.id);
    case 'tag':
      return facetToken.tag(name.id);
    default:
      return name satisfies never;
  }
}

function textAtoms({ text, quoted }: Of<'text'>, names: readonly SearchName[]): SearchAtom[] {
  const [first, ...rest] = tokensOf(text);
  if (first === undefined) return [];
  const phrase = { words: [first, ...rest] as const, open: !quoted };
  const named = names.filter(({ name }) => phraseIn(nameWords(name), phrase)).slice(0, mostNames);
  return [{ kind: 'words', ...phrase }, ...named.map((name) => facet(tokenOf(name)))];
}

/** What is compared of a name: its words, or all of it where there are none. */
const keyOf = (name: string) => nameWords(name).join(' ') || fold(name);

/** Tags that are called exactly so; otherwise those whose words are the same. */
function tagAtoms({ name }: Of<'tag'>, names: readonly SearchName[]): SearchAtom[] {
  const key = keyOf(name);
  const tags = names.filter(({ kind }) => kind === 'tag');
  const exact = tags.filter((tag) => tagKey(tag.name) === tagKey(name));
  const same = exact.length > 0 ? exact : tags.filter((tag) => keyOf(tag.name) === key);
  return [
    ...roles.filter((role) => keyOf(role) === key).map((role) => facet(facetToken.role(role))),
    ...same.slice(0, mostNames).map((tag) => facet(tokenOf(tag))),
  ];
}

/** A client or campaign by its id, or all whose name begins so. */
function placeAtoms({ is, name }: Of<'client' | 'campaign'>, names: readonly SearchName[]): SearchAtom[] {
  if (is === 'client') {
    const id = clientIdSchema.safeParse(name);
    if (id.success) return [facet(facetToken.client(id.data))];
  } else {
    const id = campaignIdSchema.safeParse(name);
    if (id.success) return [facet(facetToken.campaign(id.data))];
  }
  const key = keyOf(name);
  return names
    .filter((one) => one.kind === is && keyOf(one.name).startsWith(key))
    .slice(0, mostNames)
    .map((one) => facet(tokenOf(one)));
}

/** The orders of magnitude that a comparison can hold in are looked up in the index; the rows decide. */
function candidates({ of, comparison, value, negated }: SearchBound): SearchClause[] {
  if (of === 'uploadedAt' || negated) return [];
  const token = of === 'size' ? facetToken.size : facetToken.duration;
  return [{ negated, anyOf: candidatesOf(comparison, value).map((candidate) => facet(token(candidate))) }];
}

/** An asset has one of each of these: to name several means any of them. */
const oneOfEach: readonly SearchCondition['is'][] = ['kind', 'format', 'client', 'campaign'];

function conditionAtoms(condition: SearchCondition, names: readonly SearchName[]): SearchAtom[] | null {
  switch (condition.is) {
    case 'text':
      return textAtoms(condition, names);
    case 'kind':
      return [facet(facetToken.kind(condition.kind))];
    case 'format':
      return [facet(facetToken.format(condition.format))];
    case 'tag':
      return tagAtoms(condition, names);
    case 'client':
    case 'campaign':
      return placeAtoms(condition, names);
    case 'has':
      return [facet(facetToken.has(condition.part))];
    case 'size':
    case 'duration':
    case 'after':
    case 'before':
      return null;
    default:
      return condition satisfies never;
  }
}

function boundOf(term: SearchTerm): SearchBound | null {
  const { negated } = term;
  switch (term.is) {
    case 'size':
      return { of: 'size', comparison: term.comparison, value: term.bytes, negated };
    case 'duration':
      return { of: 'durationMs', comparison: term.comparison, value: term.ms, negated };
    case 'after':
      return { of: 'uploadedAt', comparison: '>=', value: term.at, negated };
    case 'before':
      return { of: 'uploadedAt', comparison: '<', value: term.at, negated };
    default:
      return null;
  }
}

/** Which names have to be looked up to understand the terms. */
export function namesNeeded(terms: readonly SearchTerm[]): SearchName['kind'][] {
  const kinds = ['client', 'campaign', 'tag'] as const;
  return kinds.filter((kind) => terms.some(({ is }) => is === 'text' || is === kind));
}

/** Terms as conditions on the index and the rows, with the names in them looked up among those that may be seen. */
export function resolveSearch(terms: readonly SearchTerm[], names: readonly SearchName[]): Resolved {
  const clauses: SearchClause[] = [];
  const bounds: SearchBound[] = [];
  const grouped = new Map<SearchCondition['is'], SearchAtom[]>();
  for (const term of terms) {
    const { negated, is } = term;
    const anyOf = conditionAtoms(term, names);
    if (anyOf === null) {
      const bound = boundOf(term);
      if (!bound) continue;
      bounds.push(bound);
      clauses.push(...candidates(bound));
    } else if (negated || !oneOfEach.includes(is)) {
      clauses.push({ negated, anyOf });
    } else {
      const group = grouped.get(is);
      if (group) group.push(...anyOf);
      else {
        const first = [...anyOf];
        grouped.set(is, first);
        clauses.push({ negated: false, anyOf: first });
      }
    }
  }
  return { clauses, bounds };
}
