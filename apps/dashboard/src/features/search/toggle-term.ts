import { parseSearch, printSearch, type SearchCondition, type SearchTerm } from '@vitrine/schema';

const textOf = (term: SearchTerm) => printSearch({ terms: [term] });

/** Whether a query has this condition. */
export function hasTerm(query: string, condition: SearchCondition): boolean {
  const wanted = textOf({ ...condition, negated: false });
  return parseSearch(query).terms.some((term) => textOf(term) === wanted);
}

/** The query with the condition, or without it when it had it. What else it says stays, in the grammar's own words. */
export function toggleTerm(query: string, condition: SearchCondition): string {
  const wanted: SearchTerm = { ...condition, negated: false };
  const { terms } = parseSearch(query);
  const others = terms.filter((term) => textOf(term) !== textOf(wanted));
  return printSearch({ terms: others.length < terms.length ? others : [...terms, wanted] });
}
