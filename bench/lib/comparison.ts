import type { Sample, Samples } from './measure-rounds.ts';
import { median } from './median.ts';

type Verdict = 'aim' | 'must' | 'missed';

/** What a goal asks of a ratio; smaller is better. */
interface Goal {
  readonly number: number;
  readonly must: number;
  readonly aim: number;
}

export interface Comparison {
  /** Null: context that explains another row. */
  readonly goal: Goal | null;
  readonly what: string;
  readonly control: string;
  readonly measure: keyof Sample;
  /** Medians in milliseconds. */
  readonly ms: number;
  readonly controlMs: number;
  /** The median of the rounds' ratios: a slow round is slow for both. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  readonly verdict: Verdict | null;
}

const verdictOf = (ratio: number, { must, aim }: Goal): Verdict => {
  if (ratio <= aim) return 'aim';
  return ratio <= must ? 'must' : 'missed';
};

export interface CompareOptions {
  readonly what: string;
  readonly control: string;
  readonly measure: keyof Sample;
  readonly goal?: Goal;
}

/** Sets two contenders of the same rounds against each other. Fails when one of them was not measured. */
export function compare(samples: Samples, options: CompareOptions): Comparison {
  const { what, control, measure, goal = null } = options;
  const of = (name: string) => {
    const found = samples.get(name);
    if (!found) throw new Error(`'${name}' was not measured.`);
    return found.map((sample) => sample[measure]);
  };
  const own = of(what);
  const other = of(control);
  const ratios = own.map((value, round) => value / (other[round] ?? Number.NaN));
  const ratio = median(ratios);
  return {
    goal,
    what,
    control,
    measure,
    ms: median(own),
    controlMs: median(other),
    ratio,
    ratios,
    verdict: goal && verdictOf(ratio, goal),
  };
}
