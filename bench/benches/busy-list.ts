import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startServerProcess } from '../../apps/server/test/server-process.ts';
import type { Bench } from '../lib/bench.ts';
import { compare } from '../lib/comparison.ts';
import { createKeptAliveClient } from '../lib/kept-alive-client.ts';
import type { Sample } from '../lib/measure-rounds.ts';
import { processorTimeOf } from '../lib/processor-time.ts';
import { copySeededLibrary } from '../lib/seeded-library.ts';
import { startControl } from '../lib/start-control.ts';
import { startLoad } from '../lib/start-load.ts';

const watch = fileURLToPath(new URL('../controls/event-loop-watch.ts', import.meta.url));
const goals = { p50: { number: 12, must: 1.5, aim: 1.2 }, p99: { number: 12, must: 5, aim: 2 } };

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Calls at a steady, light rate, as a person's dashboard would; milliseconds of each, sorted. */
async function latencies(call: () => Promise<unknown>, calls: number): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < calls; turn += 1) {
    const begin = performance.now();
    await call();
    taken.push(performance.now() - begin);
    await sleep(5);
  }
  return taken.sort((a, b) => a - b);
}

/** Goal 12. */
export const busyList: Bench = {
  name: 'busy-list',
  description:
    'A page of 50 assets of 100,000 over one kept-alive connection, while nobody else is there and while another process uploads two photographs a second (whose thumbs and previews are made meanwhile) and searches ten times a second. The bare server’s "ok" under the same load shows how much of it is the machine’s: everything shares its processors. The last row is the longest time that the event loop was held in a round, against the goal of 20 ms.',
  async run({ quick, folder }) {
    const library = await copySeededLibrary(quick ? 10_000 : 100_000, folder);
    const loopFile = path.join(folder, 'event-loop.json');
    await using server = await startServerProcess({
      dataDir: library.dataDir,
      settings: { VITRINE_RATE_LIMIT: '1000000000', EVENT_LOOP_FILE: loopFile },
      nodeOptions: ['--import', watch],
    });
    await using control = await startControl(folder);
    using client = createKeptAliveClient(server.url, { 'x-api-key': library.key });
    using bare = createKeptAliveClient(control.url);
    const list = () => client.get(`/api/v2/assets?clientId=${library.clientId}&limit=50`);
    const ok = () => bare.get('/ok');

    async function longestHold(): Promise<number> {
      rmSync(loopFile, { force: true });
      process.kill(server.pid, 'SIGIO');
      while (!existsSync(loopFile)) await sleep(10);
      const held: { max: number } = JSON.parse(readFileSync(loopFile, 'utf8'));
      return held.max;
    }

    const samples = new Map<string, Sample[]>();
    const keep = (name: string, wall: number, cpu = 0) =>
      samples.set(name, [...(samples.get(name) ?? []), { wall, cpu }]);
    const calls = quick ? 60 : 400;
    async function measure(when: 'idle' | 'busy', counts: boolean): Promise<void> {
      await longestHold();
      const before = processorTimeOf(server.pid);
      const lists = await latencies(list, calls);
      const cpu = (processorTimeOf(server.pid) - before) / calls;
      const held = await longestHold();
      const oks = await latencies(ok, calls);
      if (!counts) return;
      keep(`list, ${when}, p50`, quantile(lists, 0.5), cpu);
      keep(`list, ${when}, p99`, quantile(lists, 0.99), cpu);
      keep(`bare "ok", ${when}, p50`, quantile(oks, 0.5));
      keep(`bare "ok", ${when}, p99`, quantile(oks, 0.99));
      keep(`event loop held at most, ${when}`, held);
      keep('20 ms', 20);
    }

    for (let round = 0; round <= (quick ? 1 : 5); round += 1) {
      await measure('idle', round > 0);
      {
        await using load = await startLoad({ ...library, url: server.url });
        await sleep(1000);
        await measure('busy', round > 0);
        const answers = Object.entries(load.uploads());
        if (answers.some(([status]) => status !== '201') || answers.length === 0)
          throw new Error(`The load's uploads were answered ${JSON.stringify(answers)}.`);
      }
      // What is still being made belongs to the busy half.
      await sleep(quick ? 500 : 3000);
    }
    const pair = (quantileName: 'p50' | 'p99', what = 'list') =>
      compare(samples, {
        what: `${what}, busy, ${quantileName}`,
        control: `${what}, idle, ${quantileName}`,
        measure: 'wall',
        ...(what === 'list' && { goal: goals[quantileName] }),
      });
    return {
      samples,
      comparisons: [
        pair('p50'),
        pair('p99'),
        pair('p50', 'bare "ok"'),
        pair('p99', 'bare "ok"'),
        compare(samples, {
          what: 'event loop held at most, busy',
          control: '20 ms',
          measure: 'wall',
          goal: { number: 12, must: 1, aim: 1 },
        }),
        compare(samples, { what: 'event loop held at most, idle', control: '20 ms', measure: 'wall' }),
      ],
    };
  },
};
