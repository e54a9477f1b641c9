import type { LegacyNote } from '@vitrine/schema';

interface NoteDetails {
  readonly field?: string;
  readonly old?: unknown;
  readonly new?: unknown;
}

/** A line about how a row was taken over. */
export function note(code: LegacyNote['code'], text: string, details: NoteDetails = {}): LegacyNote {
  const { field = null, old = null, new: now = null } = details;
  return { code, field, old, new: now, text };
}

/** What was understood of a value, and what is to be said of it. */
export interface Understood<T> {
  readonly value: T;
  readonly notes: readonly LegacyNote[];
}
