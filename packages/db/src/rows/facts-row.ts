import { type AssetFacts, assetFactsSchema } from '@vitrine/schema';

/** A version's facts from its columns, of which the other kinds' are null. */
export function toFacts(columns: Readonly<Record<string, unknown>>): AssetFacts {
  const isDocument = columns['type'] === 'document';
  const present = Object.entries(columns).filter(
    ([name, value]) => value !== null || (isDocument && name === 'pageCount'),
  );
  return assetFactsSchema.parse(Object.fromEntries(present));
}
