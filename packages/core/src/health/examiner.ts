import type { ServiceDependencies } from '../service-dependencies.ts';
import type { ExaminationReader, Examined } from './examination-repository.ts';
import { findStrays, type Strays } from './find-strays.ts';
import { findingOf, type HealthFinding, type Says } from './finding.ts';
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
      const { signal } = options;

      /** What cannot be looked at is a finding too, so that one damaged page does not hide what else is known. */
      async function rule(what: string, look: () => Promise<Examined>, says: Says): Promise<HealthFinding> {
        try {
          return findingOf(what, await look(), says);
        } catch (error) {
          signal?.throwIfAborted();
          const why = error instanceof Error ? error.message : String(error);
          return { what, state: 'ill', detail: `could not be looked at: ${why}`, count: 0, examples: [] };
        }
      }
      const rows = (look: (examination: ExaminationReader) => Promise<Examined>) => () =>
        database.read((readers) => look(readers.examination));

      let strays: Promise<Strays[]> | undefined;
      const stray = (kind: 'unknown' | 'copies') => async () => {
        strays ??= findStrays(dependencies, signal);
        const found = await strays;
        return examined(
          found.flatMap(({ store, ...hashes }) => hashes[kind].map((hash) => `${store.name}: ${hash}`)),
        );
      };

      return [
        await rule(
          'database, integrity',
          rows((look) => look.integrity()),
          {
            well: 'its own checks find nothing',
            else: 'things are wrong with its pages or references; restore a backup into another folder and compare',
          },
        ),
        await rule(
          'stored bytes',
          async () => {
            await verifier.verify(options);
            return await rows((look) => look.damaged())();
          },
          {
            well: 'all were read and are what they should be',
            else: 'are damaged or gone; they are not served. Upload the same files again, or restore them from a backup',
          },
        ),
        await rule(
          'rows without bytes',
          rows((look) => look.withoutBlob()),
          {
            well: 'everything points at bytes that have a row, of the same size',
            else: 'rows point at bytes that have no row or another size',
          },
        ),
        await rule('bytes without a row', stray('unknown'), {
          well: 'there are none',
          else: 'are stored and belong to nothing; they are deleted when their time has come',
          state: 'poorer',
        }),
        await rule('copies', stray('copies'), {
          well: 'all bytes are stored once',
          else: 'are also stored where their row does not say; `vitrine repair` has them removed',
          state: 'poorer',
        }),
        await rule(
          'references',
          rows((look) => look.wronglyMarked()),
          {
            well: 'nothing that is used is marked as unused',
            else: 'are marked as unused though something points at them; `vitrine repair` takes the mark off',
          },
        ),
        await rule(
          'collector',
          rows((look) => look.overdue(clock.now() - collectGraceMs - 2 * dayMs)),
          {
            well: 'nothing unused has been kept for too long',
            else: 'unused files should have been deleted by now; run `vitrine gc`',
            state: 'poorer',
          },
        ),
        await rule(
          'counters',
          rows((look) => look.wrongCounters()),
          {
            well: 'are the sums of what is there',
            else: 'are not the sums of what is there; `vitrine repair` counts again',
          },
        ),
        await rule(
          'audit log, completeness',
          rows((look) => look.unrecorded()),
          {
            well: 'has a line for every client, campaign and version that was made',
            else: 'clients, campaigns or assets have too few or too many lines',
          },
        ),
        await rule('unfinished uploads', leftUploads, {
          well: 'none is kept longer than it should be',
          else: 'should have been forgotten by now; `vitrine repair` does it',
          state: 'poorer',
        }),
      ];
    },
  };
}
