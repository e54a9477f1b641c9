/** A column that should hold JSON: its value, or the text itself where it is none. */
export type MaybeJson =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'json'; readonly value: unknown }
  /** It begins like JSON and is none. */
  | { readonly kind: 'broken'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

export function readMaybeJson(value: unknown): MaybeJson {
  if (value === null || value === undefined) return { kind: 'nothing' };
  if (typeof value !== 'string') return { kind: 'json', value };
  const text = value.trim();
  if (text === '') return { kind: 'nothing' };
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed === null ? { kind: 'nothing' } : { kind: 'json', value: parsed };
  } catch {
    return /^[[{"]/.test(text) ? { kind: 'broken', text } : { kind: 'text', text };
  }
}

export type LegacyObject = Readonly<Record<string, unknown>>;

export function isLegacyObject(value: unknown): value is LegacyObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts in a value: its own, those of a list, those of an object's values; `rest` is what they do not tell, names of an object included. */
export function textsIn(value: unknown): { texts: string[]; rest: unknown[] } {
  if (value === null || value === undefined) return { texts: [], rest: [] };
  if (typeof value === 'string' || typeof value === 'number') {
    return { texts: String(value).trim() === '' ? [] : [String(value)], rest: [] };
  }
  const isText = (part: unknown) => typeof part === 'string' || typeof part === 'number';
  const textsOf = (parts: readonly unknown[]) => parts.filter(isText).flatMap((part) => textsIn(part).texts);
  if (Array.isArray(value)) {
    return { texts: textsOf(value), rest: value.filter((part) => part !== null && !isText(part)) };
  }
  if (isLegacyObject(value)) return { texts: textsOf(Object.values(value)), rest: [value] };
  return { texts: [], rest: [value] };
}

/** A value as a line of text that tells all of it. */
export function inWords(value: unknown): string {
  if (isLegacyObject(value)) return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
  const { texts, rest } = textsIn(value);
  return [...texts, ...rest.map((part) => JSON.stringify(part))].join('; ');
}
