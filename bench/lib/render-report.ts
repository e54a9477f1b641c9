import type { Bench, BenchResult } from './bench.ts';
import type { Comparison } from './comparison.ts';
import type { MachineFacts } from './machine-facts.ts';

export interface Run {
  readonly bench: Pick<Bench, 'name' | 'description'>;
  readonly result: BenchResult;
}

export interface Report {
  readonly quick: boolean;
  readonly before: MachineFacts;
  readonly after: MachineFacts;
  readonly runs: readonly Run[];
}

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 3));
const limit = (value: number) => String(Number(value.toFixed(2)));
const verdicts = { aim: 'reaches the aim', must: 'holds', missed: 'MISSED' } as const;

function row({ goal, what, control, measure, ms, controlMs, ratio, verdict }: Comparison): string[] {
  return [
    goal ? String(goal.number) : '',
    what,
    control,
    measure,
    number(ms),
    number(controlMs),
    ratio.toFixed(2),
    goal ? `≤ ${limit(goal.must)}` : '',
    goal ? `≤ ${limit(goal.aim)}` : '',
    verdict ? verdicts[verdict] : '',
  ];
}

const head = ['goal', 'what', 'control', 'of', 'ms', 'control ms', 'ratio', 'must', 'aim', 'verdict'];

function table(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((name) => (/ms|ratio|must|aim/.test(name) ? '---:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const machine = ({ node, platform, processors, memoryGiB }: MachineFacts) =>
  `Node ${node}, ${platform}, ${processors}, ${memoryGiB} GiB`;

/** The report as Markdown: one table for each bench, with its description. */
export function renderReport({ quick, before, after, runs }: Report): string {
  const parts = runs.map(
    ({ bench, result }) =>
      `## ${bench.name}\n\n${bench.description}\n\n${table(result.comparisons.map(row))}\n`,
  );
  const warning = quick ? '\n**The quick form: these figures say that everything runs, and no more.**\n' : '';
  return `# Benchmarks

\`pnpm bench\`, ${before.date.slice(0, 16).replace('T', ' ')} UTC. ${machine(before)}. Load ${before.load} before, ${after.load} after.
${warning}
Milliseconds a call, medians of interleaved rounds; a ratio is the median of the rounds' ratios. \`wall\` is the clock of whoever
calls, \`cpu\` the processor time, user and system, of whoever does the work. Rows without a goal explain the others.

${parts.join('\n')}`;
}
