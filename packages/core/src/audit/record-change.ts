import type { ClientId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import type { Writers } from '../ports/database.ts';

interface Change {
  readonly action: string;
  readonly target: { readonly type: 'client' | 'campaign' | 'asset'; readonly id: string };
  readonly clientId: ClientId;
  readonly before?: object | null;
  readonly after?: object | null;
}

/** Notes a change that a caller made in the audit log, in the transaction that makes it. */
export async function recordChange(
  writers: Writers,
  caller: Caller,
  at: number,
  change: Change,
): Promise<void> {
  const { actor } = caller;
  await writers.audit.append({
    at,
    actorKind: actor.kind === 'user' ? 'user' : 'api_key',
    actorId: actor.kind === 'user' ? actor.userId : actor.keyId,
    action: change.action,
    targetType: change.target.type,
    targetId: change.target.id,
    clientId: change.clientId,
    before: change.before ? { ...change.before } : null,
    after: change.after ? { ...change.after } : null,
    requestId: caller.requestId,
    address: caller.address,
  });
}
