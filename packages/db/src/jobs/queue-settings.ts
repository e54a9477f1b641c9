import type { Clock, JobQueue, Logger } from '@vitrine/core';

export interface JobQueueSettings {
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Jobs at once that keep a processor busy; default 2. */
  readonly concurrency?: number;
  /** Jobs at once that wait for other machines; default 4. */
  readonly networkConcurrency?: number;
  /** How long a worker that is not heard of is believed to be alive, in milliseconds; default 15,000. */
  readonly leaseMs?: number;
  /** How often jobs of other processes and of dead ones are looked for, in milliseconds; default 1000. */
  readonly pollMs?: number;
  /** How long jobs may finish when the queue stops, in milliseconds; default 5000. */
  readonly graceMs?: number;
}

/** A database that also keeps the queue of background work. */
export interface QueuedDatabase {
  createJobQueue(settings: JobQueueSettings): JobQueue;
}
