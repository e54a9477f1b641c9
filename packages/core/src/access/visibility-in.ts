import type { ClientId } from '@vitrine/schema';
import type { Readers } from '../ports/database.ts';
import type { Actor } from './actor.ts';
import { type Visibility, visibleTo } from './policy.ts';

/**
 * What the actor sees of a client that it was checked for (left out: of every client), in its cheapest form: most members see all of
 * what they see anything of, so that no row has to be looked at for grants of its own, and counters may be told.
 */
export async function visibilityIn(
  readers: Pick<Readers, 'access'>,
  actor: Actor,
  clientId?: ClientId,
): Promise<Visibility> {
  const visibility = visibleTo(actor);
  if (visibility.kind === 'all') return clientId ? { kind: 'all' } : visibility;
  const { kind, userId } = visibility;
  if (!clientId) return { ...visibility, whole: await readers.access.seesWhole({ userId }) };
  return (await readers.access.seesWhole({ userId, clientId }))
    ? { kind: 'all' }
    : { kind, userId, whole: false };
}
