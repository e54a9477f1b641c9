import type { Understood } from './note.ts';
import { note } from './note.ts';

interface LineRules {
  readonly field: string;
  /** Characters. */
  readonly max: number;
  /** For a value that has no character to show. */
  readonly fallback: string;
}

/** Half a surrogate pair, which no database stores. */
const wellFormed = (text: string) => text.toWellFormed();

/** A value as one line that may be a name: control characters are spaces, and what is too long is cut. */
export function understandLine(value: unknown, { field, max, fallback }: LineRules): Understood<string> {
  const old = typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value);
  const line = wellFormed(old)
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const name = [...line].slice(0, max).join('').trim() || fallback;
  if (name === old.normalize('NFC').trim()) return { value: name, notes: [] };
  return {
    value: name,
    notes: [note('corrected', `'${field}' became '${name}'`, { field, old, new: name })],
  };
}

/** The most that a description, a goal or a part of a brief holds. */
const maxProse = 10_000;

/** A text of any number of lines; what is too long is cut, and said. */
export function understandProse(value: unknown, field: string, max = maxProse): Understood<string> {
  const old = typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value);
  const text = wellFormed(old).replaceAll('\0', '').normalize('NFC').trim();
  const cut = text.length > max ? wellFormed(text.slice(0, max)).trim() : text;
  if (cut === old.normalize('NFC').trim()) return { value: cut, notes: [] };
  const words =
    cut.length < text.length
      ? `'${field}' was cut at ${max} characters; the rest is in the report`
      : `'${field}' had characters that no text may hold`;
  return { value: cut, notes: [note('corrected', words, { field, old, new: cut })] };
}

/** Adds lines to a text, such as what has no field of its own here. */
export function withLines(text: string, lines: readonly string[]): string {
  return [text, ...lines].filter((part) => part.trim() !== '').join('\n\n');
}
