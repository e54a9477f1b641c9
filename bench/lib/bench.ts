import type { Comparison } from './comparison.ts';
import type { Samples } from './measure-rounds.ts';

export interface BenchContext {
  /** A small form that shows that everything runs; its figures mean little. */
  readonly quick: boolean;
  /** A folder of this run, on the file system that is measured; removed afterwards. */
  readonly folder: string;
}

export interface BenchResult {
  readonly comparisons: readonly Comparison[];
  readonly samples: Samples;
}

export interface Bench {
  readonly name: string;
  /** One paragraph: what is done, by whom, and what the control is. */
  readonly description: string;
  run(context: BenchContext): Promise<BenchResult>;
}
