import type { Session, UserId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { assertCredential } from '../access/policy.ts';
import { notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import { assertMayManage } from '../people/assert-may-manage.ts';
import type { Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { StoredSession } from './session-repository.ts';

/** Where somebody is signed in. A session ends for good and is refused a second later at most. */
export interface SessionService {
  /** One's own that have not run out, the last used first. */
  list(caller: Caller): Promise<Session[]>;
  /** One's own, this one too. Fails with `not_found` for one that has ended or is somebody else's. */
  revoke(caller: Caller, id: string): Promise<void>;
  /** One's own but for the one that asks; answers how many there were. */
  revokeOthers(caller: Caller): Promise<number>;
  /** All of somebody's, for owners and admins; of an owner's only by an owner. */
  revokeAllOf(caller: Caller, userId: UserId): Promise<number>;
}

/** Which session asks; null for what is no browser. */
function currentOf({ actor }: Caller): string | null {
  return actor.kind === 'user' ? (actor.sessionId ?? null) : null;
}

/** What the log keeps: the names that the identity library's own events of sessions have. */
function audited({ userId, agent, expiresAt }: StoredSession) {
  return { userId, userAgent: agent, expiresAt };
}

export function createSessionService({
  database,
  clock,
}: Pick<ServiceDependencies, 'database' | 'clock'>): SessionService {
  /** Ends those of a user that are meant, each noted in the same transaction; answers how many. */
  async function end(
    writers: Writers,
    caller: Caller,
    { userId, isMeant }: { readonly userId: UserId; readonly isMeant: (id: string) => boolean },
  ): Promise<number> {
    const at = clock.now();
    const meant = (await writers.sessions.list({ userId, now: at })).filter(({ id }) => isMeant(id));
    for (const session of meant) await writers.sessions.remove(session.id);
    // Behind all other writes: the log is locked from the first note on.
    for (const session of meant) {
      await recordChange(writers, caller, at, {
        action: 'session.revoke',
        target: { type: 'session', id: session.id },
        clientId: null,
        before: audited(session),
      });
    }
    return meant.length;
  }

  return {
    async list(caller) {
      const { actor } = caller;
      assertCredential(actor, 'session.list');
      const query = { userId: actor.userId, now: clock.now() };
      const current = currentOf(caller);
      const stored = await database.read((readers) => readers.sessions.list(query));
      return stored.map(({ userId: _userId, ...session }) => ({
        ...session,
        isCurrent: session.id === current,
      }));
    },

    async revoke(caller, id) {
      const { actor } = caller;
      assertCredential(actor, 'session.write');
      await database.transaction(async (writers) => {
        const ended = await end(writers, caller, { userId: actor.userId, isMeant: (one) => one === id });
        if (ended === 0) throw notFound('session');
      });
    },

    revokeOthers(caller) {
      const { actor } = caller;
      assertCredential(actor, 'session.write');
      const current = currentOf(caller);
      return database.transaction((writers) =>
        end(writers, caller, { userId: actor.userId, isMeant: (one) => one !== current }),
      );
    },

    revokeAllOf(caller, userId) {
      assertCredential(caller.actor, 'account.write');
      return database.transaction(async (writers) => {
        const account = await writers.people.find(userId);
        if (!account) throw notFound('account');
        assertMayManage(caller, account.role);
        return end(writers, caller, { userId, isMeant: () => true });
      });
    },
  };
}
