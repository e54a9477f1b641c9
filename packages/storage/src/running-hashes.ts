import { createHash, type Hash } from 'node:crypto';
import type { UploadId } from '@vitrine/schema';

/** The hash of an upload's first bytes. */
export interface RunningHash {
  readonly hash: Hash;
  /** How many bytes it is of. */
  bytes: number;
}

/** Where a hash goes on, so that bytes need not be read again at the end. Lost with the process, which is no harm. */
export interface RunningHashes {
  /** Takes the hash of exactly the first `offset` bytes out, and forgets any other; null: there is none. */
  take(id: UploadId, offset: number): RunningHash | null;
  /** Puts a hash back whose bytes all count. */
  keep(id: UploadId, running: RunningHash): void;
  /** The SHA-256 of exactly `length` bytes, or null. */
  digest(id: UploadId, length: number): string | null;
  forget(id: UploadId): void;
}

/** The eldest is forgotten when there are more. */
const mostKept = 1000;

export function createRunningHashes(): RunningHashes {
  const kept = new Map<UploadId, RunningHash>();
  return {
    take(id, offset) {
      const running = kept.get(id);
      kept.delete(id);
      if (offset === 0) return { hash: createHash('sha256'), bytes: 0 };
      return running?.bytes === offset ? running : null;
    },
    keep(id, running) {
      kept.set(id, running);
      for (const eldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(eldest);
      }
    },
    digest(id, length) {
      const running = kept.get(id);
      return running?.bytes === length ? running.hash.copy().digest('hex') : null;
    },
    forget: (id) => void kept.delete(id),
  };
}
