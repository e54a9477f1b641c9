import { setImmediate as otherWork } from 'node:timers/promises';
import type { AssetFacts, AssetId } from '@vitrine/schema';
import { assertWhole } from '../health/assert-whole.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { Writers } from '../ports/database.ts';
import { withLocalFile } from '../renditions/local-file.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { SearchState } from './search-repository.ts';

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
  /** Puts the index in its best order, a little at a time. Takes some seconds for a million assets. */
  tidy(): Promise<void>;
}

/** Assets that are looked at, and that are written to, in one go: few enough that nobody waits for it. */
const pageSize = 500;
const groupSize = 50;

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

  return {
    async read({ assetId, version, signal }) {
      const source = await database.read((readers) => readers.search.textSource({ assetId, version }));
      if (!source) return;
      assertWhole(source.damage);
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

    async tidy() {
      for (let begin = true; ; begin = false) {
        const more = await database.transaction((writers) => writers.search.tidy(begin));
        if (!more) return;
        await otherWork();
      }
    },

    async fillMissing() {
      let indexed = 0;
      let queued = 0;
      for (let after: AssetId | null = null; ; ) {
        const from: AssetId | null = after;
        const page: SearchState[] = await database.read((readers) =>
          readers.search.states({ after: from, limit: pageSize }),
        );
        after = page.at(-1)?.assetId ?? null;
        if (after === null) return { indexed, queued };
        for (const lacking of groupsOf(page.filter((state) => !state.indexed || !state.read))) {
          const at = clock.now();
          await database.transaction(async (writers) => {
            for (const { assetId, version, ...state } of lacking) {
              if (!state.indexed) await writers.search.reindex(assetId);
              if (!state.read)
                await enqueueJob(writers, 'asset.read_text', { assetId, version }, { at, priority: -1 });
            }
          });
          await otherWork();
        }
        indexed += page.filter((state) => !state.indexed).length;
        queued += page.filter((state) => !state.read).length;
        await otherWork();
      }
    },
  };
}

function groupsOf<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / groupSize);
  return Array.from({ length: count }, (_, turn) => items.slice(turn * groupSize, (turn + 1) * groupSize));
}
