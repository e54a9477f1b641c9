import type { AssetId, Preset, UserId } from '@vitrine/schema';

/** Who an address was made for: a user, or an API key. An id, never a secret; what it may do is looked up at each request. */
export type Principal =
  | { readonly kind: 'user'; readonly id: UserId }
  | { readonly kind: 'api_key'; readonly id: string };

/** The bytes that an address leads to: the file itself, or something made from it. */
export interface AddressTarget {
  readonly assetId: AssetId;
  readonly bytes: 'original' | Preset;
}

/** What a signature binds, beside the target. */
export interface AddressClaims {
  readonly version: number;
  /** The first 32 hexadecimal digits of the bytes' SHA-256, so the address changes with the bytes; null: not made yet. */
  readonly hash: string | null;
  readonly principal: Principal;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** `expired` is a signature of ours whose time is over; `invalid` is none of ours, or of another address. */
export type Verified =
  | { readonly state: 'valid'; readonly claims: AddressClaims }
  | { readonly state: 'expired' }
  | { readonly state: 'invalid' };

/** How many digits of a SHA-256 an address carries; 128 bits. */
export const addressHashDigits = 32;
