import type { ClientId, KeyScope, UserId, UserRole } from '@vitrine/schema';
import type { IdempotentRequest } from '../idempotency/idempotency-repository.ts';

/** Who acts. An API key acts for its user, within its scopes and clients. */
export type Actor =
  | {
      readonly kind: 'user';
      readonly userId: UserId;
      readonly role: UserRole;
      /** The session it came with, where it came from a browser. */
      readonly sessionId?: string;
    }
  | {
      readonly kind: 'api_key';
      readonly userId: UserId;
      readonly role: UserRole;
      readonly keyId: string;
      readonly scopes: readonly KeyScope[];
      /** The only clients that it reaches; null: all that its user does. */
      readonly clientIds: readonly ClientId[] | null;
    };

/** Who acts, and where from; what every use case is told and the audit log keeps. */
export interface Caller {
  readonly actor: Actor;
  readonly requestId: string;
  /** The network address, or null for the command line. */
  readonly address: string | null;
  /** Under which key this request may be sent again; what it makes is noted there. */
  readonly idempotency?: IdempotentRequest;
}
