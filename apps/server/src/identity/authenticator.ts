import { createHash } from 'node:crypto';
import {
  type Actor,
  AppError,
  type Authenticator,
  boundTo,
  type Clock,
  type Credentials,
  scopesOf,
} from '@vitrine/core';
import { type UserId, userIdSchema, userRoleSchema } from '@vitrine/schema';
import { LRUCache } from 'lru-cache';
import type { Auth } from './auth.ts';
import { hasSession } from './session-cookie.ts';

// Long enough to spare a busy client the look-up, short enough that a revoked key is dead within a second.
const rememberMs = 1000;

const bearer = /^Bearer\s+(\S+)$/i;

function unauthenticated(detail: string): AppError {
  return new AppError('unauthenticated', detail);
}

export interface ForgetfulAuthenticator extends Authenticator {
  /** Drops what is remembered; called when a session or key may have changed. */
  forget(): void;
}

// A write for each request would be one too many; people ask whether it was today.
const touchMs = 5 * 60_000;

export interface AuthenticatorOptions {
  readonly auth: Auth;
  readonly clock: Clock;
  /** Null for an account that is gone or disabled. */
  readonly findRole: (userId: UserId) => Promise<string | null>;
  /** Notes that a session was used just now; may fail without harm. */
  readonly touchSession: (id: string, at: number) => Promise<void>;
}

/** Tells who a request comes from, asking the identity library at most once a second for each credential. */
export function createAuthenticator({
  auth,
  clock,
  findRole,
  touchSession,
}: AuthenticatorOptions): ForgetfulAuthenticator {
  const { baseURL: publicUrl } = auth.options;
  const remembered = new LRUCache<string, { actor: Actor | null }>({ max: 5000, ttl: rememberMs });

  async function keyActor(key: string): Promise<Actor> {
    const { valid, key: row } = await auth.api.verifyApiKey({ body: { key } });
    const role =
      valid && row ? userRoleSchema.safeParse(await findRole(userIdSchema.parse(row.referenceId))) : null;
    if (!row || !role?.success) throw unauthenticated('This API key is unknown, expired or revoked.');
    return {
      kind: 'api_key',
      userId: userIdSchema.parse(row.referenceId),
      role: role.data,
      keyId: row.id,
      scopes: scopesOf(row.permissions ?? null),
      clientIds: boundTo(row.metadata ?? null),
    };
  }

  async function sessionActor(cookie: string): Promise<Actor | null> {
    const session = await auth.api.getSession({ headers: new Headers({ cookie }) });
    if (!session) return null;
    const userId = userIdSchema.parse(session.user.id);
    // Asked for anew: the account may have been disabled, or be something else by now.
    const role = await findRole(userId);
    if (role === null) return null;
    const { id: sessionId, updatedAt } = session.session;
    const at = clock.now();
    if (updatedAt.getTime() + touchMs <= at) await touchSession(sessionId, at);
    return { kind: 'user', userId, role: userRoleSchema.parse(role), sessionId };
  }

  /** A wrong credential is looked up each time: only what was found is remembered. */
  async function once(kind: string, secret: string, find: (secret: string) => Promise<Actor | null>) {
    const key = createHash('sha256').update(kind).update(secret).digest('base64');
    const known = remembered.get(key);
    if (known) return known.actor;
    // From before the look-up: what was revoked during it is not remembered for longer.
    const start = performance.now();
    const actor = await find(secret);
    if (actor) remembered.set(key, { actor }, { start });
    return actor;
  }

  return {
    async authenticate({ authorization, apiKey, cookie }: Credentials) {
      if (authorization !== undefined) {
        const key = bearer.exec(authorization)?.[1];
        if (!key) throw unauthenticated('The Authorization header must read "Bearer <api key>".');
        return once('key', key, keyActor);
      }
      if (apiKey !== undefined) return once('key', apiKey, keyActor);
      if (cookie !== undefined && hasSession(cookie, publicUrl)) return once('cookie', cookie, sessionActor);
      return null;
    },
    forget: () => remembered.clear(),
  };
}
