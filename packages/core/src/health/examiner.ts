import type { ServiceDependencies } from '../service-dependencies.ts';
import type { Examined } from './examination-repository.ts';
import { findStrays } from './find-strays.ts';
import { findingOf, type HealthFinding } from './finding.ts';
import type { Verifier, VerifyOptions } from './verifier.ts';

/** Proves that nothing is lost and nothing is counted wrong. Changes nothing but what reading back bytes notes. */
export interface Examiner {
  /** Reads everything: rows, stores and all bytes. One finding for each rule, also where all is well. */
  examine(options: Pick<VerifyOptions, 'bytesPerSecond' | 'signal' | 'onProgress'>): Promise<HealthFinding[]>;
}

const dayMs = 24 * 3600_000;
const mostExamples = 10;

function examined(examples: readonly string[]): Examined {
  return { count: examples.length, examples: examples.slice(0, mostExamples) };
}

export function createExaminer(dependencies: ServiceDependencies, verifier: Verifier): Examiner {
  const { database, clock, partials, collectGraceMs, keepUploadsMs } = dependencies;

  /** What was to be gone by now. */
  async function leftUploads(): Promise<Examined> {
    const before = clock.now() - dayMs;
    const rows = await database.read((readers) => readers.uploads.expired(before));
    const files = await partials.list(keepUploadsMs + dayMs);
    return examined([...new Set([...rows, ...files])]);
  }

  return {
    async examine(options) {
      const read = await verifier.verify(options);
      const { signal } = options;
      const rows = await database.read(async ({ examination }) => ({
        damaged: await examination.damaged(),
        withoutBlob: await examination.withoutBlob(),
        wronglyMarked: await examination.wronglyMarked(),
        overdue: await examination.overdue(clock.now() - collectGraceMs - 2 * dayMs),
        wrongCounters: await examination.wrongCounters(),
        unrecorded: await examination.unrecorded(),
        integrity: await examination.integrity(),
      }));
      const strays = await findStrays(dependencies, signal);
      const named = (kind: 'unknown' | 'copies') =>
        examined(
          strays.flatMap(({ store, ...found }) => found[kind].map((hash) => `${store.name}: ${hash}`)),
        );
      return [
        findingOf('stored bytes', rows.damaged, {
          well: `all ${read.blobs} were read and are what they should be`,
          else: 'are damaged or gone; they are not served. Upload the same files again, or restore them from a backup',
        }),
        findingOf('rows without bytes', rows.withoutBlob, {
          well: 'everything points at bytes that have a row, of the same size',
          else: 'rows point at bytes that have no row or another size',
        }),
        findingOf('bytes without a row', named('unknown'), {
          well: 'there are none',
          else: 'are stored and belong to nothing; they are deleted when their time has come',
          state: 'poorer',
        }),
        findingOf('copies', named('copies'), {
          well: 'all bytes are stored once',
          else: 'are also stored where their row does not say; `vitrine repair` has them removed',
          state: 'poorer',
        }),
        findingOf('references', rows.wronglyMarked, {
          well: 'nothing that is used is marked as unused',
          else: 'are marked as unused though something points at them; `vitrine repair` takes the mark off',
        }),
        findingOf('collector', rows.overdue, {
          well: 'nothing unused has been kept for too long',
          else: 'unused files should have been deleted by now; run `vitrine gc`',
          state: 'poorer',
        }),
        findingOf('counters', rows.wrongCounters, {
          well: 'are the sums of what is there',
          else: 'are not the sums of what is there; `vitrine repair` counts again',
        }),
        findingOf('audit log, completeness', rows.unrecorded, {
          well: 'has a line for every client, campaign and version that was made',
          else: 'clients, campaigns or assets have too few or too many lines',
        }),
        findingOf('database, integrity', rows.integrity, {
          well: 'its own checks find nothing',
          else: 'things are wrong with its pages or references; restore a backup into another folder and compare',
        }),
        findingOf('unfinished uploads', await leftUploads(), {
          well: 'none is kept longer than it should be',
          else: 'should have been forgotten by now; `vitrine repair` does it',
          state: 'poorer',
        }),
      ];
    },
  };
}
