import type { IncomingHttpHeaders } from 'node:http';
import { type Actor, AppError, type Authenticator, type Principal, type Verified } from '@vitrine/core';

export interface WhoAsksOptions {
  readonly authenticator: Authenticator;
  /** Looks up what a user or key may do now; null when there is none any more. */
  readonly actorOf: (principal: Principal) => Promise<Actor | null>;
}

interface Asking {
  readonly headers: IncomingHttpHeaders;
  /** Null when the address carries no signature. */
  readonly signature: Verified | null;
}

const words = {
  none: 'Send an API key as "Authorization: Bearer <key>" or "X-API-Key: <key>", or sign in.',
  expired: 'This address has expired. Fetch the asset again: its answer has a new one.',
  invalid: 'The signature of this address is not ours, or the address was changed. Fetch the asset again.',
  gone: 'This address was made for a user or API key that is gone, revoked or expired.',
} as const;

function unauthenticated(why: keyof typeof words): AppError {
  return new AppError('unauthenticated', words[why]);
}

/** Whom the credential says, if there is one. Fails with `unauthenticated` for one that is worth nothing. */
function byCredential(headers: IncomingHttpHeaders, authenticator: Authenticator): Promise<Actor | null> {
  return authenticator.authenticate({
    authorization: headers.authorization,
    apiKey: headers['x-api-key']?.toString(),
    cookie: headers.cookie,
  });
}

/**
 * Whom a request for bytes comes from. A good credential decides, so an address that somebody passed on opens nothing to a
 * colleague who may not see it; without one, a good signature says whom the address was made for, and that user or key is
 * looked up as it is now. Fails with `unauthenticated`.
 */
export async function whoAsks(
  { headers, signature }: Asking,
  { authenticator, actorOf }: WhoAsksOptions,
): Promise<Actor> {
  if (signature?.state !== 'valid') {
    const actor = await byCredential(headers, authenticator);
    if (!actor) throw unauthenticated(signature?.state ?? 'none');
    return actor;
  }
  // A cookie that has run out comes along with every picture of a page; the address is good all the same.
  const other = await byCredential(headers, authenticator).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'unauthenticated') return null;
    throw error;
  });
  const actor = other ?? (await actorOf(signature.claims.principal));
  if (!actor) throw unauthenticated('gone');
  return actor;
}
