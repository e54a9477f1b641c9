import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { type Sha256, userIdSchema } from '@vitrine/schema';
import type { Clock } from '../ports/clock.ts';
import { createHmacSha256 } from './hmac-sha256.ts';
import {
  type AddressClaims,
  type AddressTarget,
  addressHashDigits,
  type Principal,
  type Verified,
} from './signed-address.ts';

/** An address is good for one to two of these: all made in one hour are equal, so that browsers can keep what they got. */
const bucketMs = 3600 * 1000;
/** Base64url; 132 bits. RFC 2104 allows half of the output, and no more can be guessed. */
const macDigits = 22;
const rememberedSignatures = 8192;
// `<version>.<expiry, in buckets>.<hash>.<mac>.<u|k><principal's id>`; the id is last because nobody promises what is in it.
const shape = /^([1-9]\d{0,8})\.([0-9a-z]{1,8})\.([0-9a-f]{32}|)\.([\w-]{22})\.([uk])(.{1,200})$/s;

export interface AddressSignerOptions {
  /** The installation's secret; the key is derived from it, so nothing else that it signs is a signature here. */
  readonly secret: string;
  readonly clock: Clock;
}

export interface SignedTarget extends AddressTarget {
  readonly version: number;
  /** Of the bytes; null when they are not made yet. */
  readonly sha256: Sha256 | null;
}

/** Makes and checks the signatures of addresses. Neither reads a row. */
export interface AddressSigner {
  /** The signature's text; of URL characters, as long as the principal's id is. */
  sign(principal: Principal, target: SignedTarget): string;
  verify(signature: string, target: AddressTarget): Verified;
}

function principalOf(kind: string, id: string): Principal {
  return kind === 'u' ? { kind: 'user', id: userIdSchema.parse(id) } : { kind: 'api_key', id };
}

export function createAddressSigner({ secret, clock }: AddressSignerOptions): AddressSigner {
  const hmac = createHmacSha256(
    new Uint8Array(hkdfSync('sha256', secret, '', 'vitrine: signed addresses, version 1', 32)),
  );
  // The same hundred addresses are asked for with every list of the hour.
  const remembered = new Map<string, string>();

  /** The principal's id comes last, and the others hold no line end: no two different claims have the same text. */
  function mac({ assetId, bytes }: AddressTarget, head: string, who: string): string {
    return hmac(`${assetId}\n${bytes}\n${head}\n${who}`).slice(0, macDigits);
  }

  return {
    sign(principal, target) {
      const bucket = Math.floor(clock.now() / bucketMs) + 2;
      const hash = target.sha256?.slice(0, addressHashDigits) ?? '';
      const head = `${target.version}.${bucket.toString(36)}.${hash}`;
      const who = `${principal.kind === 'user' ? 'u' : 'k'}${principal.id}`;
      const key = `${target.assetId}${target.bytes}.${head}.${who}`;
      const known = remembered.get(key);
      if (known !== undefined) return known;
      const signature = `${head}.${mac(target, head, who)}.${who}`;
      if (remembered.size >= rememberedSignatures) remembered.clear();
      remembered.set(key, signature);
      return signature;
    },

    verify(signature, target) {
      const [, version, bucket, hash, given, kind, id] = shape.exec(signature) ?? [];
      if (!version || !bucket || hash === undefined || !given || !kind || !id) return { state: 'invalid' };
      const expected = mac(target, `${version}.${bucket}.${hash}`, `${kind}${id}`);
      if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given))) return { state: 'invalid' };
      const expiresAt = Number.parseInt(bucket, 36) * bucketMs;
      if (expiresAt <= clock.now()) return { state: 'expired' };
      const claims: AddressClaims = {
        version: Number(version),
        hash: hash === '' ? null : hash,
        principal: principalOf(kind, id),
        expiresAt,
      };
      return { state: 'valid', claims };
    },
  };
}
