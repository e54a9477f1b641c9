import type { Context, Installation } from '@vitrine/api';
import type { Authenticator, Caller, Database, Services } from '@vitrine/core';
import type { Request } from 'express';

/** What the HTTP layer is built from. */
export interface HttpDependencies {
  readonly services: Services;
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly installation: Installation;
}

/** The id that the log, the answer and the audit log share. */
export function requestIdOf(request: Request): string {
  return String(request.id);
}

/** Who asks; null without a credential, `unauthenticated` with a wrong one. */
export async function callerOf(request: Request, authenticator: Authenticator): Promise<Caller | null> {
  const actor = await authenticator.authenticate({
    authorization: request.get('authorization'),
    apiKey: request.get('x-api-key'),
    cookie: request.get('cookie'),
  });
  return actor && { actor, requestId: requestIdOf(request), address: request.ip ?? null };
}

/** The context that every procedure gets. */
export async function contextOf(request: Request, dependencies: HttpDependencies): Promise<Context> {
  const { services, database, authenticator, installation } = dependencies;
  const caller = await callerOf(request, authenticator);
  return {
    caller,
    requestId: requestIdOf(request),
    services,
    installation,
    profile: async () => {
      if (!caller) return null;
      return database.read((readers) => readers.users.find(caller.actor.userId));
    },
  };
}
