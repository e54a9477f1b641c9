// `pnpm bench [--quick] [names…]`: measures what docs/performance.md promises; a whole run is written to bench/results.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { busyList } from './benches/busy-list.ts';
import { deepPage } from './benches/deep-page.ts';
import { download } from './benches/download.ts';
import { durableUpload } from './benches/durable-upload.ts';
import { gridPage } from './benches/grid-page.ts';
import { largeUpload } from './benches/large-upload.ts';
import { rateLimit } from './benches/rate-limit.ts';
import { renditions } from './benches/renditions.ts';
import { search } from './benches/search.ts';
import { typedList } from './benches/typed-list.ts';
import { machineFacts } from './lib/machine-facts.ts';
import { type Run, renderReport } from './lib/render-report.ts';
import { writeReport } from './lib/write-report.ts';

const benches = [
  gridPage,
  typedList,
  deepPage,
  largeUpload,
  durableUpload,
  download,
  renditions,
  busyList,
  rateLimit,
  search,
];
/** A bench with a report of its own, run only when it is named. */
const placement = 'blob-placement';
const names = [...benches.map(({ name }) => name), placement];

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wrong = positionals.filter((name) => !names.includes(name));
if (wrong.length > 0) {
  console.error(`There is no bench ${wrong.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(1);
}
if (!globalThis.gc) {
  console.error('Start it with --expose-gc, as `pnpm bench` does.');
  process.exit(1);
}

const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const before = machineFacts();
const runs: Run[] = [];
for (const bench of chosen) {
  console.error(`${bench.name} …`);
  const folder = await mkdtemp(path.join(process.env['BENCH_DIR'] ?? tmpdir(), 'vitrine-bench-'));
  try {
    runs.push({ bench, result: await bench.run({ quick: values.quick, folder }) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
if (runs.length > 0) {
  const report = { quick: values.quick, before, after: machineFacts(), runs };
  console.log(renderReport(report));
  // A part of the benches or their small form does not take the place of a whole run.
  if (runs.length === benches.length && !values.quick) await writeReport(report);
}
if (positionals.includes(placement)) await import('./blob-placement.ts');
