import type { Job, JobCounts, JobId, JobState } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError, notFound } from '../app-error.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';

/** Background work as people look after it. Every method fails with `forbidden` for members. */
export interface JobService {
  /** What needs somebody first: dead ones, then stuck ones, running, waiting, done. */
  list(
    caller: Caller,
    query: { readonly states?: readonly JobState[]; readonly limit: number },
  ): Promise<Job[]>;
  counts(caller: Caller): Promise<JobCounts>;
  /** A dead job waits again with all its tries. Fails with `not_found`, and with `conflict` when it is not dead. */
  retry(caller: Caller, id: JobId): Promise<void>;
}

export function createJobService({
  database,
  clock,
}: Pick<ServiceDependencies, 'database' | 'clock'>): JobService {
  return {
    async list({ actor }, query) {
      assertCredential(actor, 'job.list');
      return database.read((readers) => readers.jobs.list({ ...query, at: clock.now() }));
    },

    async counts({ actor }) {
      assertCredential(actor, 'job.list');
      return database.read((readers) => readers.jobs.counts(clock.now()));
    },

    async retry({ actor }, id) {
      assertCredential(actor, 'job.retry');
      await database.transaction(async (writers) => {
        const job = await writers.jobs.find(id);
        if (!job) throw notFound('job');
        if (!(await writers.jobs.retry({ id, at: clock.now() }))) {
          throw new AppError('conflict', 'This job is not dead, so there is nothing to try again.');
        }
      });
    },
  };
}
