import { invalidField } from '@vitrine/core';

/** The row version that an `If-Match` header names: `"3"`, `W/"3"` or `3`. `*` names none. */
export function rowVersionOf(ifMatch: string): number | undefined {
  const text = ifMatch.trim();
  if (text === '*') return undefined;
  const digits = /^(?:W\/)?"?(\d{1,15})"?$/.exec(text)?.[1];
  if (digits === undefined)
    throw invalidField(['If-Match'], 'must be the row version in quotes, e.g. "3", or *');
  return Number(digits);
}

/** The `ETag` of an entity's JSON. */
export function etagOf(rowVersion: number): string {
  return `"${rowVersion}"`;
}
