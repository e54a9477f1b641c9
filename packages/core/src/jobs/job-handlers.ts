import type { JobHandlers } from '../ports/job-queue.ts';
import type { Services } from '../services.ts';

/** What is done for each kind of job. */
export function createJobHandlers({ renditions }: Pick<Services, 'renditions'>): JobHandlers {
  return {
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
