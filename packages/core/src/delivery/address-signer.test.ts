import { assetIdSchema, sha256Schema, userIdSchema } from '@vitrine/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAddressSigner, type SignedTarget } from './address-signer.ts';
import type { Principal } from './signed-address.ts';

const hour = 3600_000;
const secret = 'a secret of the tests, of some length';
const user: Principal = { kind: 'user', id: userIdSchema.parse('01980c5e-7a10-7c3e-9f51-5f0a5d1f2e04') };
const target: SignedTarget = {
  assetId: assetIdSchema.parse('01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03'),
  bytes: 'thumb',
  version: 3,
  sha256: sha256Schema.parse('ab'.repeat(32)),
};

function signerAt(start: number, key = secret) {
  let now = start;
  const signer = createAddressSigner({ secret: key, clock: { now: () => now } });
  return {
    ...signer,
    pass(ms: number) {
      now += ms;
    },
  };
}

describe('the signature of an address', () => {
  test('says who asks, for which version and bytes, and until when', () => {
    const { sign, verify } = signerAt(hour * 100 + 5);
    expect(verify(sign(user, target), target)).toEqual({
      state: 'valid',
      claims: { version: 3, hash: 'ab'.repeat(16), principal: user, expiresAt: hour * 102 },
    });
    const unmade = { ...target, bytes: 'poster', sha256: null } as const;
    expect(verify(sign(user, unmade), unmade)).toMatchObject({ claims: { hash: null } });
  });

  test('stays the same within the hour, and changes with the bytes, the hour and who asks', () => {
    const signer = signerAt(hour * 100);
    const first = signer.sign(user, target);
    signer.pass(hour - 1);
    expect(signer.sign(user, target)).toBe(first);
    const others = [
      signer.sign(user, { ...target, sha256: sha256Schema.parse('cd'.repeat(32)) }),
      signer.sign({ kind: 'api_key', id: user.id }, target),
    ];
    signer.pass(1);
    others.push(signer.sign(user, target));
    expect(new Set([first, ...others]).size).toBe(4);
  });

  test('holds for at least one hour and at most two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: hour * 500_000 }), fc.nat(3 * hour), (start, later) => {
        const signer = signerAt(start);
        const signature = signer.sign(user, target);
        signer.pass(later);
        const { state } = signer.verify(signature, target);
        if (later <= hour) expect(state).toBe('valid');
        if (later >= 2 * hour) expect(state).toBe('expired');
      }),
    );
  });

  test('is worth nothing for another asset, other bytes, under another secret, or after any change of a character', () => {
    const { sign, verify } = signerAt(hour * 100);
    const signature = sign(user, target);
    const other = assetIdSchema.parse('01980c5e-7a10-7c3e-9f51-5f0a5d1f2d04');
    expect(verify(signature, { ...target, assetId: other }).state).toBe('invalid');
    expect(verify(signature, { ...target, bytes: 'preview' }).state).toBe('invalid');
    expect(signerAt(hour * 100, `${secret}!`).verify(signature, target).state).toBe('invalid');
    fc.assert(
      fc.property(fc.nat(signature.length - 1), fc.string({ minLength: 0, maxLength: 2 }), (at, put) => {
        const changed = signature.slice(0, at) + put + signature.slice(at + 1);
        fc.pre(changed !== signature);
        expect(verify(changed, target).state).toBe('invalid');
      }),
      { numRuns: 500 },
    );
  });

  test('survives whatever an id is made of, and never throws', () => {
    const { sign, verify } = signerAt(hour * 100);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (id) => {
        const principal: Principal = { kind: 'api_key', id };
        expect(verify(sign(principal, target), target)).toMatchObject({ claims: { principal } });
        expect(verify(id, target).state).toBe('invalid');
      }),
    );
  });
});
