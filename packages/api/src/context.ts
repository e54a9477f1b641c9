import type { AppError, Caller, Services } from '@vitrine/core';
import type { SignInWays } from '@vitrine/schema';
import type { AssetUrls } from './present/asset-urls.ts';

/** What the server is, as far as an answer tells it. */
export interface Installation {
  readonly version: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly maxUploadBytes: number;
  /** How people get in, beside passwords and passkeys. */
  readonly signIn: SignInWays;
  /** Addresses of bytes, signed for that caller. */
  readonly urlsFor: (caller: Pick<Caller, 'actor'>) => AssetUrls;
}

/** What every procedure is given. `caller` is null for a request without a credential. */
export interface Context {
  readonly caller: Caller | null;
  /** Why the credential that came is worth nothing; null when it is good or none came. */
  readonly refusal: AppError | null;
  readonly requestId: string;
  /** The network address that asks; null where there is none. */
  readonly address: string | null;
  /** Under which a create may be sent again; null when none came. */
  readonly idempotencyKey: string | null;
  readonly services: Services;
  readonly installation: Installation;
  /** Who the same credential stands for by now. Rejects with `unauthenticated` when it is gone, revoked or expired. */
  readonly identify: () => Promise<Caller>;
  /** Who the caller is by name, for the dashboard's corner. */
  readonly profile: () => Promise<{ email: string; name: string } | null>;
}
