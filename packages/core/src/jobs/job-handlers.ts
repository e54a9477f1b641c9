import type { JobHandlers } from '../ports/job-queue.ts';
import type { Services } from '../services.ts';

/** What is done for each kind of job. */
export function createJobHandlers({ renditions }: Pick<Services, 'renditions'>): JobHandlers {
  return {
    'rendition.make': (payload, { signal, last }) => renditions.make({ ...payload, signal }, { last }),
    'rendition.sweep': async () => {
      await renditions.queueMissing();
    },
  };
}
