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

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts in a value: its own, those of a list, those of an object's values; everything else is `rest`. */
export function textsIn(value: unknown): { texts: string[]; rest: unknown[] } {
  if (typeof value === 'string') return { texts: value.trim() === '' ? [] : [value], rest: [] };
  if (typeof value === 'number') return { texts: [String(value)], rest: [] };
  if (value === null || value === undefined) return { texts: [], rest: [] };
  const parts = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : null;
  if (!parts) return { texts: [], rest: [value] };
  const found = parts.map((part) =>
    typeof part === 'string' || typeof part === 'number' ? textsIn(part) : { texts: [], rest: [part] },
  );
  return {
    texts: found.flatMap(({ texts }) => texts),
    rest: found.flatMap(({ rest }) => rest).filter((part) => part !== null),
  };
}
