import { z } from 'zod';

const jsonTypeSchema = z.object({ type: z.enum(['integer', 'number', 'boolean', 'array', 'object']) });
const referenceSchema = z.object({
  $ref: z.string().transform((reference) => reference.replace('#/$defs/', '')),
  $defs: z.record(z.string(), z.unknown()),
});

/** What JSON Schema calls the type of a field; undefined: a text, or one of several. A schema with a name is a reference. */
function typeOf(field: z.ZodType) {
  const described = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });
  const reference = referenceSchema.safeParse(described).data;
  return jsonTypeSchema.safeParse(reference ? reference.$defs[reference.$ref] : described).data?.type;
}

/**
 * A query string knows only text; the field's own schema says what is meant. Numbers and booleans that do not read as
 * such stay text, so that the schema refuses them by name. Lists may be repeated, comma-separated or a JSON array; objects are
 * JSON.
 */
export function queryValue(field: z.ZodType, texts: readonly string[]): unknown {
  const text = texts.at(-1) ?? '';
  const type = typeOf(field);
  switch (type) {
    case 'integer':
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'array':
      return texts.flatMap(listItems);
    case 'object':
      return parsedOr(text);
    case undefined:
      return text;
    default:
      return type satisfies never;
  }
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function listItems(text: string): unknown[] {
  if (text.trimStart().startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // Not JSON after all: a list of names may begin with a bracket.
    }
  }
  return text.split(',').filter((item) => item.trim() !== '');
}
