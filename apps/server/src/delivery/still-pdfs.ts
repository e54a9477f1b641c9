import { LRUCache } from 'lru-cache';
import type { BlobBodies, WantedBlob } from './blob-bodies.ts';
import { mayAct } from './pdf-actions.ts';

/** Which PDFs may open in a browser's reader: those that do nothing there. */
export interface StillPdfs {
  /** Reads the file the first time. False for what is too large to be read, cannot be read, or might act. */
  isStill(blob: WantedBlob): Promise<boolean>;
}

/** Held in memory while they are looked at, one after the other. */
const largestBytes = 64 * 1024 * 1024;
const mostRemembered = 10_000;

export function createStillPdfs(bodies: Pick<BlobBodies, 'stream'>): StillPdfs {
  let last: Promise<unknown> = Promise.resolve();

  async function look(blob: WantedBlob): Promise<boolean> {
    return !(await mayAct(Buffer.concat(await (await bodies.stream(blob)).toArray())));
  }

  // By its hash alone: the bytes of a blob never change.
  const known = new LRUCache<string, boolean, WantedBlob>({
    max: mostRemembered,
    fetchMethod: (_sha256, _stale, { context }) => {
      const looked = last.then(() => look(context));
      last = looked.catch(() => {});
      return looked;
    },
  });

  return {
    async isStill(blob) {
      if (blob.size > largestBytes) return false;
      try {
        return (await known.fetch(blob.sha256, { context: blob })) === true;
      } catch {
        // Whoever sends the bytes meets the same trouble, and tells of it.
        return false;
      }
    },
  };
}
