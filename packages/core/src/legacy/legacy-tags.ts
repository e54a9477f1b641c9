import { type AssetType, maxTagLength, mayCarry, roleNamed, tagKey } from '@vitrine/schema';
import { readMaybeJson } from './legacy-json.ts';
import { note, type Understood } from './note.ts';

/** The most tags that an asset carries. */
const maxTags = 100;

function candidates(value: unknown): Understood<unknown[]> {
  const column = readMaybeJson(value);
  switch (column.kind) {
    case 'nothing':
      return { value: [], notes: [] };
    case 'text':
      return { value: column.text.split(',').map((word) => word.trim()), notes: [] };
    case 'broken':
      return {
        value: [],
        notes: [note('not_understood', "'tags' is broken JSON", { field: 'tags', old: column.text })],
      };
    case 'json':
      return { value: Array.isArray(column.value) ? column.value : [column.value], notes: [] };
    default:
      return column satisfies never;
  }
}

const clean = (text: string) =>
  [
    ...text
      .toWellFormed()
      .normalize('NFC')
      .replace(/\p{Cc}+/gu, ' ')
      .trim(),
  ]
    .slice(0, maxTagLength)
    .join('')
    .trim();

/**
 * Tags of a column that holds a JSON list, nothing, any other JSON, or a word. Role names mean roles; one that the kind cannot carry is
 * left out, and said. What is no text is left out, and said.
 */
export function understandTags(value: unknown, type: AssetType): Understood<string[]> {
  const { value: found, notes } = candidates(value);
  const said = [...notes];
  const tags = new Map<string, string>();
  for (const one of found) {
    const text = typeof one === 'number' ? String(one) : one;
    if (typeof text !== 'string') {
      if (one !== null)
        said.push(note('not_understood', 'a tag that is no text', { field: 'tags', old: one }));
      continue;
    }
    const tag = clean(text);
    if (tag === '') continue;
    if (tag !== text.normalize('NFC').trim()) {
      said.push(note('corrected', `a tag became '${tag}'`, { field: 'tags', old: text, new: tag }));
    }
    const role = roleNamed(tag);
    if (role && !mayCarry(type, role)) {
      const words = `'${tag}' is a role that ${type} assets cannot carry`;
      said.push(note('not_understood', words, { field: 'tags', old: text }));
    } else if (!tags.has(tagKey(tag))) tags.set(tagKey(tag), tag);
  }
  const all = [...tags.values()];
  if (all.length > maxTags) {
    const words = `${all.length} tags are more than the ${maxTags} that an asset carries`;
    said.push(note('not_understood', words, { field: 'tags', old: all.slice(maxTags) }));
  }
  return { value: all.slice(0, maxTags), notes: said };
}
