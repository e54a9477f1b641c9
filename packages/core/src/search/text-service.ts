import { setImmediate as otherWork } from 'node:timers/promises';
import type { AssetFacts, AssetId } from '@vitrine/schema';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { Readers, Writers } from '../ports/database.ts';
import { withLocalFile } from '../renditions/local-file.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';

interface Version {
  readonly assetId: AssetId;
  readonly version: number;
}

/** What keeps the search index whole in the background. */
export interface TextService {
  /** Reads the words of a document and indexes them; nothing when it is not the current version any more. */
  read(document: Version & { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Indexes assets that the index lacks, and queues documents that were never read: libraries from before there was a search. */
  fillMissing(): Promise<{ readonly indexed: number; readonly queued: number }>;
}

/** Small enough that nobody notices; the database is written to without a pause meanwhile. */
const pageSize = 50;

/** Queues the reading of a document's words, in the transaction that made it necessary. */
export async function enqueueTextReading(
  writers: Writers,
  { assetId, version, facts, at }: Version & { readonly facts: AssetFacts; readonly at: number },
): Promise<void> {
  if (facts.type !== 'document') return;
  // Behind what people see.
  await enqueueJob(writers, 'asset.read_text', { assetId, version }, { at, priority: -1 });
}

export function createTextService(
  dependencies: Pick<ServiceDependencies, 'database' | 'clock' | 'staging' | 'blobs' | 'texts'>,
): TextService {
  const { database, clock, staging, blobs, texts } = dependencies;

  /** Walks by id, a page in a transaction, so that uploads have their turn in between. */
  async function walk<T>(
    page: (readers: Readers, after: AssetId | null) => Promise<readonly T[]>,
    idOf: (item: T) => AssetId,
    write: (writers: Writers, item: T) => Promise<void>,
  ): Promise<number> {
    let count = 0;
    for (let after: AssetId | null = null; ; ) {
      const from: AssetId | null = after;
      const items = await database.read((readers) => page(readers, from));
      const last = items.at(-1);
      if (last === undefined) return count;
      await database.transaction(async (writers) => {
        for (const item of items) await write(writers, item);
      });
      await otherWork();
      count += items.length;
      after = idOf(last);
    }
  }

  return {
    async read({ assetId, version, signal }) {
      const source = await database.read((readers) => readers.search.textSource({ assetId, version }));
      if (!source) return;
      const store = blobs.byName(source.store);
      const text = await withLocalFile(staging, { ...source, store, ...(signal && { signal }) }, (path) =>
        texts.read({ path, format: source.format }, { signal }),
      );
      await database.transaction(async (writers) => {
        // Again inside the transaction: the bytes may have been replaced meanwhile.
        const current = await writers.search.textSource({ assetId, version });
        if (current) await writers.search.putText({ assetId, version, text });
      });
    },

    async fillMissing() {
      const indexed = await walk(
        (readers, after) => readers.search.unindexed({ after, limit: pageSize }),
        (id) => id,
        (writers, id) => writers.search.reindex(id),
      );
      const at = clock.now();
      const queued = await walk(
        (readers, after) => readers.search.unread({ after, limit: pageSize }),
        ({ assetId }) => assetId,
        (writers, document) => enqueueJob(writers, 'asset.read_text', document, { at, priority: -1 }),
      );
      return { indexed, queued };
    },
  };
}
