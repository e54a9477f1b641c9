import type { AssetId, assetListInputSchema } from '@vitrine/schema';
import { roleNamed, tagKey } from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { invalidField } from '../app-error.ts';
import type { Readers } from '../ports/database.ts';
import { matchFor } from '../search/match-for.ts';
import type { AssetQuery } from './asset-repository.ts';
import { visibilityOf } from './visibility-of.ts';

type List = z.output<typeof assetListInputSchema>;

/**
 * Turns the filter into a query, after checking that the client and campaign it names may be seen. Fails with `invalid_input` for a
 * cursor of another sort, and for words that are to be sorted.
 */
export async function queryFor(readers: Readers, actor: Actor, input: List): Promise<AssetQuery> {
  const sort = input.sort ?? 'newest';
  if (input.cursor && (input.cursor.sort ?? 'newest') !== sort) {
    throw invalidField(['cursor'], 'is of a list that is sorted otherwise; begin without one');
  }
  if (input.q && sort !== 'newest') {
    throw invalidField(
      ['sort'],
      'does not go with words, which are listed newest first; leave one of the two out',
    );
  }
  const visibility = await visibilityOf(readers, actor, input);
  const names = input.tags ?? [];
  const roles = names.flatMap((name) => roleNamed(name) ?? []);
  const tagKeys = names.filter((name) => !roleNamed(name)).map(tagKey);
  return {
    visibility,
    ...(input.clientId && { clientId: input.clientId }),
    ...(input.campaignId && { campaignId: input.campaignId }),
    ...(input.type && { type: input.type }),
    ...(roles.length > 0 && { roles }),
    ...(tagKeys.length > 0 && { tagKeys }),
    ...(sort !== 'newest' && { sort }),
    ...(input.cursor && { after: input.cursor }),
    offset: input.cursor ? 0 : input.offset,
    limit: input.limit,
  };
}

/** The page of a list with words, which are looked for where a search looks: in tags and documents too. */
export async function searched(
  readers: Readers,
  actor: Actor,
  input: List & { readonly q: string },
  { after, offset, limit }: AssetQuery,
): Promise<AssetId[]> {
  const match = await matchFor(readers, actor, { ...input, query: input.q });
  const hits = await readers.search.find({ ...match, limit: offset + limit, ...(after && { after }) });
  return hits.slice(offset).map(({ id }) => id);
}
