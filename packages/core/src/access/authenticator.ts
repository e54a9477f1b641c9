import type { Actor } from './actor.ts';

/** The credentials of a request, as they came. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly apiKey: string | undefined;
  readonly cookie: string | undefined;
}

/**
 * Tells who a request comes from. Null when it brings no credential; AppError `unauthenticated` when it brings a wrong,
 * expired or revoked one. It decides nothing about rights.
 */
export interface Authenticator {
  authenticate(credentials: Credentials): Promise<Actor | null>;
}
