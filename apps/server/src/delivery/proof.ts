import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { AppError } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';

/** Hashes bytes on their way out. */
export interface Proof {
  update(bytes: Uint8Array): void;
  /** Before the last of them leave: fails with `damaged` when they are not what their hash says. */
  assert(): void;
}

export interface ProofOptions {
  readonly sha256: Sha256;
  readonly onRight: () => void;
  readonly onWrong: () => void;
}

export function createProof({ sha256, onRight, onWrong }: ProofOptions): Proof {
  const hash = createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    assert() {
      if (hash.digest('hex') === sha256) {
        onRight();
        return;
      }
      onWrong();
      throw new AppError(
        'damaged',
        `The stored bytes are not those of ${sha256}, so they are not given out.`,
      );
    },
  };
}

/** Lets bytes through, but for the last, which it keeps until all are proven. */
export function provenStream(proof: Proof): Transform {
  let last: Buffer | null = null;
  return new Transform({
    transform(piece: Buffer, _encoding, done: TransformCallback) {
      proof.update(piece);
      if (last) this.push(last);
      last = piece;
      done();
    },
    flush(done: TransformCallback) {
      try {
        proof.assert();
        done(null, last);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}
