import type { Sha256 } from '@vitrine/schema';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

export interface ProofsOptions {
  /** Reads and hashes what is stored, and marks it when it is wrong. Answers whether it is right. */
  readonly look: (sha256: Sha256, signal: AbortSignal) => Promise<boolean>;
  readonly logger: Logger;
}

/** Which stored bytes were seen to be what their hash says, so that those that are asked for often are not hashed each time. */
export interface Proofs extends AsyncDisposable {
  /** Whether they were hashed and right within the last day. */
  has(sha256: Sha256): boolean;
  add(sha256: Sha256): void;
  /** Has them read soon, one after the other: a part of them was given out, which no hash can prove, or they were found wrong. */
  doubt(sha256: Sha256): void;
}

const mostProofs = 50_000;
const proofMs = 24 * 3600_000;
/** What is doubted beyond these is doubted again when it is next asked for. */
const mostDoubts = 1000;

export function createProofs({ look, logger }: ProofsOptions): Proofs {
  const proven = new LRUCache<Sha256, true>({ max: mostProofs, ttl: proofMs });
  const doubts = new Set<Sha256>();
  const stop = new AbortController();
  let looking: Promise<void> | null = null;

  async function lookAtDoubts(): Promise<void> {
    for (const sha256 of doubts) {
      try {
        if (await look(sha256, stop.signal)) proven.set(sha256, true);
      } catch (error) {
        if (stop.signal.aborted) return;
        logger.warn({ err: error, sha256 }, 'stored bytes could not be read to prove them');
      } finally {
        doubts.delete(sha256);
      }
    }
    looking = null;
  }

  return {
    has: (sha256) => proven.has(sha256),
    add: (sha256) => void proven.set(sha256, true),
    doubt(sha256) {
      if (stop.signal.aborted || doubts.size >= mostDoubts) return;
      doubts.add(sha256);
      looking ??= lookAtDoubts();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await looking;
    },
  };
}
