import type { Context, Installation } from '@vitrine/api';
import {
  type Actor,
  AppError,
  type Authenticator,
  type Caller,
  type Database,
  invalidField,
  type Principal,
  type Services,
} from '@vitrine/core';
import type { Request } from 'express';

/** What the HTTP layer is built from. */
export interface HttpDependencies {
  readonly services: Services;
  readonly database: Database;
  readonly authenticator: Authenticator;
  /** Looks up what a user or key may do now; null when there is none any more. */
  readonly actorOf: (principal: Principal) => Promise<Actor | null>;
  readonly installation: Installation;
}

/** The id that the log, the answer and the audit log share. */
function requestIdOf(request: Request): string {
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

/** Who asks, or why the credential is refused: a procedure that is open to everybody answers all the same. */
async function identified(
  request: Request,
  authenticator: Authenticator,
): Promise<Pick<Context, 'caller' | 'refusal'>> {
  try {
    return { caller: await callerOf(request, authenticator), refusal: null };
  } catch (error) {
    if (error instanceof AppError) return { caller: null, refusal: error };
    throw error;
  }
}

/**
 * Who the request's credential stands for by now. A key is looked up by its id: the identity library would note each look
 * as a use, which a watch that lasts for hours would have written every few seconds.
 */
async function identifyAgain(
  request: Request,
  caller: Caller | null,
  { authenticator, actorOf }: HttpDependencies,
): Promise<Caller> {
  const now =
    caller?.actor.kind === 'api_key'
      ? await actorOf({ kind: 'api_key', id: caller.actor.keyId }).then(
          (actor) => actor && { ...caller, actor },
        )
      : await callerOf(request, authenticator);
  if (!now) throw new AppError('unauthenticated', 'The session or API key has ended. Sign in again.');
  return now;
}

const idempotencyKeyPattern = /^[\x21-\x7e]{1,255}$/;

/** The `Idempotency-Key` that came; null when none did. Fails with `invalid_input`. */
export function idempotencyKeyOf(request: Request): string | null {
  const key = request.get('idempotency-key');
  if (key === undefined) return null;
  if (idempotencyKeyPattern.test(key)) return key;
  throw invalidField(['Idempotency-Key'], 'has 1 to 255 printable ASCII characters without spaces');
}

/** The context that every procedure gets. */
export async function contextOf(request: Request, dependencies: HttpDependencies): Promise<Context> {
  const { services, database, authenticator, installation } = dependencies;
  const { caller, refusal } = await identified(request, authenticator);
  return {
    caller,
    refusal,
    requestId: requestIdOf(request),
    address: request.ip ?? null,
    idempotencyKey: idempotencyKeyOf(request),
    services,
    installation,
    identify: () => identifyAgain(request, caller, dependencies),
    profile: async () => {
      if (!caller) return null;
      return database.read((readers) => readers.users.find(caller.actor.userId));
    },
  };
}
