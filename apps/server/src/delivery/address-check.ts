import type { IncomingMessage } from 'node:http';
import { type AddressClaims, type AddressSigner, AppError, type Verified } from '@vitrine/core';
import { assetIdSchema } from '@vitrine/schema';
import type { Deliverable } from './deliverable.ts';
import { type DeliveryAddress, decodedPart } from './delivery-address.ts';
import type { DeliveryRoute } from './delivery-route.ts';
import { etagsIn } from './not-modified.ts';

/** The signature, if there is one, against what the address leads to. */
export function verifiedAddress(
  address: DeliveryAddress,
  route: DeliveryRoute,
  signer: Pick<AddressSigner, 'verify'>,
): Verified | null {
  if (address.signature === null) return null;
  const assetId = assetIdSchema.safeParse(decodedPart(address.id));
  const bytes = route.bytesOf(address.query);
  if (!assetId.success || bytes === null) return { state: 'invalid' };
  return signer.verify(address.signature, { assetId: assetId.data, bytes });
}

/** Refuses an address that its version's bytes do not agree with: whoever keeps other bytes under it would keep the wrong ones. */
export function assertCurrent(claims: AddressClaims, { sha256, version }: Deliverable): void {
  const current =
    claims.hash === null ? version === null || version === claims.version : sha256.startsWith(claims.hash);
  if (current) return;
  throw new AppError(
    'not_found',
    'What this address led to has been replaced. Fetch the asset again: its answer has a new one.',
  );
}

/** The ETag of the bytes, when the reader has them already and the address alone says so; null otherwise. */
export function etagKnownTo({ headers }: IncomingMessage, { hash }: AddressClaims): string | null {
  const tags = headers['if-none-match'];
  if (tags === undefined || hash === null) return null;
  return etagsIn(tags).find((tag) => /^"[0-9a-f]{64}"$/.test(tag) && tag.startsWith(hash, 1)) ?? null;
}

/** An address that names its bytes can be kept until it expires; every other is asked about each time. */
export function cacheControlOf(claims: AddressClaims | null, now: number): string {
  // Shared caches must not keep what only this user may see.
  if (!claims?.hash) return 'private, no-cache';
  return `private, max-age=${Math.max(0, Math.floor((claims.expiresAt - now) / 1000))}, immutable`;
}
