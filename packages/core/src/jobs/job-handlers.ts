import type { JobHandlers } from '../ports/job-queue.ts';
import type { Services } from '../services.ts';

/** What is done for each kind of job. */
export function createJobHandlers({
  collector,
  grants,
  imports,
  mover,
  people,
  renditions,
  texts,
  trash,
  verifier,
}: Pick<
  Services,
  'collector' | 'mover' | 'verifier' | 'trash' | 'grants' | 'imports' | 'people' | 'renditions' | 'texts'
>): JobHandlers {
  return {
    'asset.read_text': { run: (payload, { signal }) => texts.read({ ...payload, signal }) },
    'asset.show': { run: ({ assetId }) => grants.endEmbargo(assetId) },
    'blob.collect': {
      async run(_payload, { signal }) {
        await collector.collect(signal);
        await mover.removeCopies(signal);
      },
    },
    'blob.verify': {
      async run(_payload, { signal }) {
        await verifier.step(signal);
      },
    },
    'trash.purge': {
      async run(_payload, { signal }) {
        await trash.purgeOld(signal);
      },
    },
    'search.sweep': {
      async run() {
        await texts.fillMissing();
        await texts.tidy();
      },
    },
    'import.fetch': {
      run: (payload, { signal, last }) => imports.fetch(payload, { signal, last }),
      giveUp: (payload) => imports.giveUp(payload),
    },
    'mail.reset': { run: ({ email }) => people.mailReset(email) },
    'rendition.make': {
      run: (payload, { signal, last }) => renditions.make({ ...payload, signal }, { last }),
      giveUp: (payload) => renditions.giveUp(payload),
    },
    'rendition.sweep': {
      async run() {
        await renditions.queueMissing();
      },
    },
  };
}
