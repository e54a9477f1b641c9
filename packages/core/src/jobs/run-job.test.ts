import { assetIdSchema } from '@vitrine/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobHandler, JobHandlers } from '../ports/job-queue.ts';
import { backoffMs, jobTable } from './job-table.ts';
import { type ClaimedJob, runJob } from './run-job.ts';

const payload = {
  assetId: assetIdSchema.parse('00000000-0000-7000-8000-000000000001'),
  version: 1,
  stage: 'first',
  remake: false,
};
const job: ClaimedJob = { name: 'rendition.make', payload, attempts: 1, maxAttempts: 3 };
const quiet = new AbortController().signal;

function handlersWith(handler: JobHandler<'rendition.make'>): JobHandlers {
  const nothing = { run: async () => {} };
  return {
    'asset.read_text': nothing,
    'asset.show': nothing,
    'blob.collect': nothing,
    'blob.verify': nothing,
    'trash.purge': nothing,
    'search.sweep': nothing,
    'import.fetch': nothing,
    'mail.reset': nothing,
    'rendition.make': handler,
    'rendition.sweep': { run: async () => {} },
  };
}
const failing = handlersWith({
  run: async () => {
    throw new Error('The disk is on fire.');
  },
});

describe('running a job', () => {
  it('tells the handler what was stored, which try it is and whether it is the last', async () => {
    const seen: unknown[] = [];
    const handlers = handlersWith({
      run: async (read, { attempt, last }) => void seen.push({ read, attempt, last }),
    });
    for (const attempts of [1, 3])
      expect(await runJob(handlers, { ...job, attempts }, quiet)).toEqual({ state: 'done' });
    expect(seen).toEqual([
      { read: payload, attempt: 1, last: false },
      { read: payload, attempt: 3, last: true },
    ]);
  });

  it('lets one that fails wait, and the last time be dead with the reason', async () => {
    const first = await runJob(failing, job, quiet);
    expect(first).toMatchObject({ state: 'waiting', error: 'Error: The disk is on fire.' });
    const last = await runJob(failing, { ...job, attempts: 3 }, quiet);
    expect(last).toEqual({ state: 'dead', error: 'Error: The disk is on fire.' });
  });

  it('does not count a failure after the server began to stop, even the last', async () => {
    expect(await runJob(failing, { ...job, attempts: 3 }, AbortSignal.abort())).toEqual({
      state: 'released',
    });
  });

  it('ends what another version left as dead at once, without calling the handler', async () => {
    const left: readonly ClaimedJob[] = [
      { ...job, payload: { ...payload, stage: 'third' } },
      { ...job, payload: null },
      { ...job, ...{ name: 'rendition.paint' as 'rendition.make' } },
    ];
    for (const one of left) {
      const outcome = await runJob(failing, one, quiet);
      expect(outcome).toMatchObject({ state: 'dead', error: expect.stringContaining('Another version') });
    }
  });

  it('gives up, and does not run again, what ended its worker every time', async () => {
    const given: unknown[] = [];
    const handlers = handlersWith({
      run: async () => expect.unreachable(),
      giveUp: async (read) => void given.push(read),
    });
    const outcome = await runJob(handlers, { ...job, attempts: 4 }, quiet);
    expect(outcome).toEqual({ state: 'dead', error: 'Its worker died 3 times while it ran.' });
    expect(given).toEqual([payload]);
  });

  it('keeps both reasons when giving up fails too', async () => {
    const handlers = handlersWith({
      run: async () => expect.unreachable(),
      giveUp: () => Promise.reject(new Error('no room')),
    });
    const outcome = await runJob(handlers, { ...job, attempts: 4 }, quiet);
    expect(outcome).toMatchObject({ state: 'dead', error: expect.stringMatching(/died 3 times.*no room/) });
  });

  it('waits twice as long with each try, up to a limit, and never the same for all', () => {
    const { baseMs, capMs } = jobTable['rendition.make'].backoff;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, random) => {
          const full = Math.min(capMs, baseMs * 2 ** (attempts - 1));
          const pause = backoffMs('rendition.make', attempts, random);
          expect(pause).toBeGreaterThanOrEqual(full / 2);
          expect(pause).toBeLessThanOrEqual(full);
        },
      ),
    );
    expect(backoffMs('rendition.make', 1, 0)).not.toBe(backoffMs('rendition.make', 1, 1));
  });
});
