import { z } from 'zod';

/** A name that a person gives: trimmed, NFC, one line, 1–`max` characters. */
export function nameSchema(what: string, max = 200) {
  return z
    .string()
    .normalize('NFC')
    .trim()
    .min(1, `${what} must not be empty`)
    .refine((name) => [...name].length <= max, `${what} has at most ${max} characters`)
    .refine((name) => !/\p{Cc}/u.test(name), `${what} must not contain control characters`)
    .refine((name) => name.isWellFormed(), `${what} must be well-formed Unicode`);
}

/** A text that a person writes: trimmed, NFC, any number of lines. */
export function proseSchema(max = 10_000) {
  return (
    z
      .string()
      .normalize('NFC')
      .trim()
      .max(max)
      // PostgreSQL stores neither, and no screen shows them.
      .refine((text) => text.isWellFormed() && !text.includes('\0'), 'must be well-formed text without NUL')
  );
}

/** A text reduced to what a search compares: no case, no accents, single spaces. */
export function fold(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      // Up and down again: capitals first, because only they make 'ß' the same as 'ss'.
      .toUpperCase()
      .toLowerCase()
      .replace(/\s+/gu, ' ')
      .trim()
  );
}
