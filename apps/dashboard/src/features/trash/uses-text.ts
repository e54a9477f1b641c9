import type { AssetUses } from '@vitrine/schema';
import { countOf } from '../../lib/count-of.ts';

const named = (things: readonly { readonly name: string }[], one: string, many: string) => {
  const [first] = things;
  if (!first) return [];
  return things.length === 1 ? [`${one} “${first.name}”`] : [countOf(things.length, one, many)];
};

/** Where an asset is used, as a sentence; null: nowhere. */
export function usesText({ collections, shares, madeInto }: AssetUses): string | null {
  const places = [
    ...named(madeInto, 'asset', 'assets').map(
      (what) => `${what} ${madeInto.length === 1 ? 'is' : 'are'} made of it`,
    ),
    ...named(collections, 'collection', 'collections').map(
      (what) => `${what} ${collections.length === 1 ? 'has' : 'have'} it`,
    ),
    ...named(shares, 'share link', 'share links').map(
      (what) => `${what} ${shares.length === 1 ? 'shows' : 'show'} it`,
    ),
  ];
  if (places.length === 0) return null;
  const text = places.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
