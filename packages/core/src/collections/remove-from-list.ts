import type { Collection, collectionRemoveInputSchema } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { editList } from './edit-list.ts';

type Remove = z.output<typeof collectionRemoveInputSchema>;

/** See `CollectionService.remove`. What lies in the trash is removed too: it would come back otherwise. */
export function removeFromList(
  dependencies: Pick<ServiceDependencies, 'database' | 'clock'>,
  caller: Caller,
  { id, assetIds }: Remove,
): Promise<Collection> {
  return editList(dependencies, {
    caller,
    id,
    action: 'collection.remove',
    async edit({ writers, visibility }) {
      const ids = await writers.collections.held({ id, ids: assetIds, visibility, withTrash: true });
      if (ids.length === 0) return null;
      await writers.collections.take({ id, ids });
      return { removed: ids.length, assetIds: ids };
    },
  });
}
