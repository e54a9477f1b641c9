import type { Tag, tagListInputSchema } from '@vitrine/schema';
import { tagKey } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';

type List = z.output<typeof tagListInputSchema>;

/** Free tags; each belongs to one client. */
export interface TagService {
  /** Fails with `not_found` when the client is not visible. */
  list(caller: Caller, input: List): Promise<Tag[]>;
}

export function createTagService({ database }: ServiceDependencies): TagService {
  return {
    list({ actor }, { clientId, q, limit }) {
      return database.read(async (readers) => {
        await authorizedClient(readers, { actor, action: 'tag.list', id: clientId });
        return readers.tags.list({ clientId, limit, ...(q && { prefix: tagKey(q) }) });
      });
    },
  };
}
