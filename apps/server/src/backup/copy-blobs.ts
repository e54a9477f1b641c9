import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AppError, type BlobStore, type StagingArea } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';

export interface Wanted {
  readonly sha256: Sha256;
  readonly size: number;
}

/** Bytes that could not be copied, and why. */
export interface CopyProblem {
  readonly sha256: Sha256;
  readonly problem: string;
}

export interface Copied {
  readonly copied: number;
  readonly copiedBytes: number;
  /** They were there. */
  readonly kept: number;
  readonly problems: readonly CopyProblem[];
}

interface CopyOptions<T extends Wanted> {
  readonly wanted: readonly T[];
  readonly open: (blob: T) => Promise<Readable>;
  readonly target: (blob: T) => BlobStore;
  readonly staging: StagingArea;
  /** Reads what is there too, and copies it again where it is not what its name says. */
  readonly check?: boolean | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const atOnce = 4;

async function isRotten(store: BlobStore, sha256: Sha256): Promise<boolean> {
  const hash = createHash('sha256');
  for await (const chunk of await store.open(sha256)) hash.update(chunk);
  return hash.digest('hex') !== sha256;
}

/**
 * Copies blobs that the target lacks: each is hashed on its way and is durable before the next of its lane begins. One that cannot be read, or
 * is not what its name says, is a problem and not there; the others go on. A full disk ends it.
 */
export async function copyBlobs<T extends Wanted>(options: CopyOptions<T>): Promise<Copied> {
  const { wanted, open, target, staging, check = false, onProgress } = options;
  const problems: CopyProblem[] = [];
  let copied = 0;
  let copiedBytes = 0;
  let kept = 0;
  let next = 0;
  let isFull = false;

  async function copy(blob: T): Promise<void> {
    const store = target(blob);
    const there = await store.stat(blob.sha256);
    if (there?.size === blob.size && !(check && (await isRotten(store, blob.sha256)))) {
      kept += 1;
      return;
    }
    const staged = await staging.receive(await open(blob), { maxBytes: Number.POSITIVE_INFINITY });
    try {
      if (staged.sha256 !== blob.sha256) throw new Error(`its bytes have the hash ${staged.sha256}`);
      // Of another size, or rotten: it stays until what takes its place is here, whole.
      await (there ? store.replace(staged) : store.put(staged));
      copied += 1;
      copiedBytes += blob.size;
    } finally {
      await staging.discard(staged);
    }
  }

  async function lane(): Promise<void> {
    for (let blob = wanted[next++]; blob && !isFull; blob = wanted[next++]) {
      try {
        await copy(blob);
      } catch (error) {
        if (error instanceof AppError && error.code === 'storage_full') {
          isFull = true;
          throw error;
        }
        problems.push({
          sha256: blob.sha256,
          problem: error instanceof Error ? error.message : String(error),
        });
      }
      onProgress?.(copied + kept + problems.length, wanted.length);
    }
  }

  // Whoever called goes on only when nothing is written any more.
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  const failed = lanes.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return { copied, copiedBytes, kept, problems };
}
