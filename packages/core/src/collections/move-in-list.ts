import type { Collection, collectionMoveInputSchema } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { notFound } from '../app-error.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { editList } from './edit-list.ts';
import { placeAssets } from './place-assets.ts';

type Move = z.output<typeof collectionMoveInputSchema>;

/** See `CollectionService.move`. */
export function moveInList(
  dependencies: Pick<ServiceDependencies, 'database' | 'clock'>,
  caller: Caller,
  { id, assetIds, before }: Move,
): Promise<Collection> {
  return editList(dependencies, {
    caller,
    id,
    action: 'collection.move',
    async edit({ writers, list, visibility }) {
      const named = before ? [...assetIds, before] : assetIds;
      const held = await writers.collections.held({ id, ids: named, visibility, withTrash: false });
      if (held.length < named.length) throw notFound('asset');
      await placeAssets(writers, { collection: list, ids: assetIds, before });
      return { assetIds, before };
    },
  });
}
