import type { SchemaDifference } from '@vitrine/db';

function sentence({ what, part, expected, found }: SchemaDifference): string {
  switch (what) {
    case 'missing':
      return `${part} is missing`;
    case 'extra':
      return `${part} is there and no migration has made it`;
    case 'changed':
      return `${part} is "${found}" instead of "${expected}"`;
    default:
      return what satisfies never;
  }
}

/** One line for each part of a schema that is not as its migrations have made it. */
export function driftInWords(drift: readonly SchemaDifference[]): string[] {
  return drift.map(sentence);
}
