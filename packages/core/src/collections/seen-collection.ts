import type { Collection, CollectionId } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import type { Action } from '../access/permission.ts';
import { assertCredential, can, type Visibility } from '../access/policy.ts';
import { clientResource, standingOf } from '../access/resource-of.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { notFound } from '../app-error.ts';
import type { Readers } from '../ports/database.ts';

/** A collection, and what the actor sees of the assets of its client. */
interface SeenCollection {
  readonly collection: Collection;
  readonly visibility: Visibility;
}

/** The collection, if the actor may do this at its client; otherwise `not_found`, whether it exists or not. */
export async function seenCollection(
  readers: Readers,
  {
    actor,
    action,
    id,
  }: {
    readonly actor: Actor;
    readonly action: Extract<Action, `collection.${string}`>;
    readonly id: CollectionId;
  },
): Promise<SeenCollection> {
  assertCredential(actor, action);
  const clientId = await readers.collections.clientOf(id);
  if (!clientId) {
    // As long as a look at what is somebody else's.
    await standingOf(readers, actor, { clientId: null, campaignId: null, assetId: null });
    throw notFound('collection');
  }
  if (!can(actor, action, await clientResource(readers, actor, clientId))) throw notFound('collection');
  const visibility = await visibilityIn(readers, actor, clientId);
  const collection = await readers.collections.find({ id, visibility });
  if (!collection) throw notFound('collection');
  return { collection, visibility };
}
