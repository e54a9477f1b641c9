import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Report, renderReport } from './render-report.ts';

const results = new URL('../results/', import.meta.url);

/** Writes latest.md and latest.json, the latter with every round. */
export async function writeReport(report: Report): Promise<void> {
  const { runs, ...rest } = report;
  const json = {
    ...rest,
    runs: runs.map(({ bench, result }) => ({
      bench: bench.name,
      comparisons: result.comparisons,
      rounds: Object.fromEntries(result.samples),
    })),
  };
  await mkdir(results, { recursive: true });
  await writeFile(fileURLToPath(new URL('latest.md', results)), renderReport(report));
  await writeFile(fileURLToPath(new URL('latest.json', results)), `${JSON.stringify(json, null, 1)}\n`);
}
