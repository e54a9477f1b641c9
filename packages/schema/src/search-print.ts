import type { SearchCondition, SearchQuery } from './search.ts';
import { printDate, printDuration, printSize } from './search-values.ts';

/** In quotes unless it is one plain word; there is no quote in a name that came out of quotes. */
function printName(name: string): string {
  return /^[\p{L}\p{N}_-]+$/u.test(name) || /["“”„]/.test(name) ? name : `"${name}"`;
}

function printCondition(condition: SearchCondition): string {
  switch (condition.is) {
    case 'text':
      return condition.quoted ? `"${condition.text}"` : condition.text;
    case 'kind':
      return `kind:${condition.kind}`;
    case 'format':
      return `format:${condition.format}`;
    case 'tag':
    case 'client':
    case 'campaign':
      return `${condition.is}:${printName(condition.name)}`;
    case 'size':
      return `size${condition.comparison}${printSize(condition.bytes)}`;
    case 'duration':
      return `duration${condition.comparison}${printDuration(condition.ms)}`;
    case 'after':
    case 'before':
      return `${condition.is}:${printDate(condition.at)}`;
    case 'has':
      return `has:${condition.part}`;
    default:
      return condition satisfies never;
  }
}

/** A query as text that is understood as the same query again. */
export function printSearch({ terms }: Pick<SearchQuery, 'terms'>): string {
  return terms.map((term) => `${term.negated ? '-' : ''}${printCondition(term)}`).join(' ');
}
