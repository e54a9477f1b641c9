/** A schema as a flat list: what a part is called (`column assets.width`) → how it is defined. */
export type SchemaShape = ReadonlyMap<string, string>;

export interface SchemaDifference {
  readonly what: 'missing' | 'extra' | 'changed';
  /** e.g. `column assets.width`, `index assets_newest`, `checks of blobs`. */
  readonly part: string;
  /** Null for what is extra. */
  readonly expected: string | null;
  /** Null for what is missing. */
  readonly found: string | null;
}

/** What keeps `found` from being `expected`, by the names of the parts. */
export function compareShapes(expected: SchemaShape, found: SchemaShape): SchemaDifference[] {
  const parts = [...new Set([...expected.keys(), ...found.keys()])].sort();
  return parts.flatMap((part): SchemaDifference[] => {
    const wanted = expected.get(part) ?? null;
    const is = found.get(part) ?? null;
    if (wanted === is) return [];
    const what = is === null ? 'missing' : wanted === null ? 'extra' : 'changed';
    return [{ what, part, expected: wanted, found: is }];
  });
}
