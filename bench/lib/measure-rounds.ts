import { ownProcessorTime } from './processor-time.ts';

/** One of several ways to do the same, measured side by side. */
export interface Contender {
  readonly name: string;
  /** Calls in each round. */
  readonly calls: number;
  /** Before each round, untimed: makes what the calls will need. */
  readonly prepare?: () => Promise<void> | void;
  readonly call: (turn: number) => Promise<unknown> | unknown;
  /** Processor time in milliseconds of whoever does the work; default: this process. */
  readonly processorTime?: () => number;
}

/** Milliseconds a call in one round. */
export interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

export type Samples = ReadonlyMap<string, readonly Sample[]>;

async function measure({ calls, call, processorTime = ownProcessorTime }: Contender): Promise<Sample> {
  // Nobody pays for the garbage of whoever was before.
  globalThis.gc?.();
  const cpu = processorTime();
  const start = performance.now();
  for (let turn = 0; turn < calls; turn += 1) await call(turn);
  const wall = performance.now() - start;
  return { wall: wall / calls, cpu: (processorTime() - cpu) / calls };
}

/** Nobody is always first. */
const rotate = <T>(list: readonly T[], by: number): T[] => [
  ...list.slice(by % list.length),
  ...list.slice(0, by % list.length),
];

/** Runs every contender in every round, one after the other; a first round warms up and does not count. */
export async function measureRounds(contenders: readonly Contender[], rounds: number): Promise<Samples> {
  const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of rotate(contenders, round)) {
      await contender.prepare?.();
      const sample = await measure(contender);
      if (round > 0) samples.get(contender.name)?.push(sample);
    }
  }
  return samples;
}
