import { type AssetId, encodeCursor, type PagePosition, type SearchHint } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import type { Readers } from '../ports/database.ts';
import { matchFor, type SearchText } from './match-for.ts';

interface NewestInput extends SearchText {
  readonly after?: PagePosition | undefined;
  readonly limit: number;
}

interface NewestPage {
  readonly items: AssetId[];
  readonly nextCursor: string | null;
  readonly hints: readonly SearchHint[];
}

/** A page of what a query finds, newest first. Fails as `matchFor` does. */
export async function findNewest(readers: Readers, actor: Actor, input: NewestInput): Promise<NewestPage> {
  const { hints, ...match } = await matchFor(readers, actor, input);
  const { after, limit } = input;
  const hits = await readers.search.find({ ...match, limit: limit + 1, ...(after && { after }) });
  const items = hits.slice(0, limit);
  const last = items.at(-1);
  const more = hits.length > limit && last;
  const nextCursor = more ? encodeCursor({ at: last.uploadedAt, id: last.id }) : null;
  return { items: items.map(({ id }) => id), nextCursor, hints };
}
