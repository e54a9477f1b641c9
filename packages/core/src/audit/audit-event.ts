import type { ClientId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import type { NewAuditEvent } from './audit-repository.ts';

interface Change {
  readonly action: string;
  readonly target: { readonly type: 'client' | 'campaign' | 'asset'; readonly id: string };
  readonly clientId: ClientId;
  readonly before?: object | null;
  readonly after?: object | null;
}

/** The audit event of a change that a caller made. */
export function auditEvent(caller: Caller, at: number, change: Change): NewAuditEvent {
  const { actor } = caller;
  return {
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
  };
}
