import type { Collection, CollectionId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import type { Visibility } from '../access/policy.ts';
import { invalidField } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { tryAgain } from '../try-again.ts';
import { seenCollection } from './seen-collection.ts';

/** A list that nobody else edits until the transaction ends. */
export interface HeldList {
  readonly writers: Writers;
  readonly list: Extract<Collection, { kind: 'list' }>;
  readonly visibility: Visibility;
}

interface ListEdit {
  readonly caller: Caller;
  readonly id: CollectionId;
  readonly action: 'collection.add' | 'collection.remove' | 'collection.move';
  /** Answers what the audit log keeps of it; null: nothing had to be done. */
  readonly edit: (held: HeldList) => Promise<object | null>;
}

/**
 * One edit of what a list holds, alone with it: others that come meanwhile wait and find it done. Fails with `not_found`, or with
 * `invalid_input` for a query.
 */
export function editList(
  { database, clock }: Pick<ServiceDependencies, 'database' | 'clock'>,
  { caller, id, action, edit }: ListEdit,
): Promise<Collection> {
  const at = clock.now();
  return tryAgain(() =>
    database.transaction(async (writers) => {
      await writers.collections.lock(id);
      const check = { actor: caller.actor, action: 'collection.write', id } as const;
      const { collection, visibility } = await seenCollection(writers, check);
      if (collection.kind !== 'list') {
        throw invalidField(['id'], 'is a saved search; edit its query, or add what it finds to a list');
      }
      const done = await edit({ writers, list: collection, visibility });
      if (!done) return collection;
      await writers.collections.update({ id, patch: {}, at });
      await recordChange(writers, caller, at, {
        action,
        target: { type: 'collection', id },
        clientId: collection.clientId,
        after: done,
      });
      return (await seenCollection(writers, check)).collection;
    }),
  );
}
