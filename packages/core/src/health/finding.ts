import type { Examined } from './examination-repository.ts';

/** `well`; `poorer`: it works and is put right by itself or by a repair; `ill`: it needs somebody. */
export type HealthState = 'well' | 'poorer' | 'ill';

/** One rule, and what breaks it. */
export interface HealthFinding {
  readonly what: string;
  readonly state: HealthState;
  readonly detail: string;
  readonly count: number;
  /** The first of them. */
  readonly examples: readonly string[];
}

/** `well` in one sentence, or what is wrong in another, behind the count; `ill` unless `state` says that it is less. */
export interface Says {
  readonly well: string;
  readonly else: string;
  readonly state?: 'poorer' | 'ill';
}

/** A finding of what was examined. */
export function findingOf(what: string, { count, examples }: Examined, says: Says): HealthFinding {
  if (count === 0) return { what, state: 'well', detail: says.well, count, examples };
  return { what, state: says.state ?? 'ill', detail: `${count} ${says.else}`, count, examples };
}
