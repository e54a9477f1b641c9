/** What drawing programs need: names for namespaces. */
const mostEntities = 64;

/**
 * The entities of a document type whose text is short and plain. Those that name other entities (the billion laughs),
 * hold markup or point to a file stay undefined, and a document that uses them is refused.
 */
export function simpleEntities(doctype: string): Record<string, string> {
  const entities: Record<string, string> = {};
  const declarations = doctype.matchAll(
    /<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:"([^"<&%]{0,256})"|'([^'<&%]{0,256})')\s*>/g,
  );
  for (const [, name = '', double, single] of declarations) {
    if (Object.keys(entities).length === mostEntities) break;
    entities[name] = double ?? single ?? '';
  }
  return entities;
}
