import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Report, renderReport } from './render-report.ts';

const results = new URL('../results/', import.meta.url);

/** Writes latest.md and latest.json, with every round, and answers the Markdown. */
export async function writeReport(report: Report): Promise<string> {
  const markdown = renderReport(report);
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
  await writeFile(fileURLToPath(new URL('latest.md', results)), markdown);
  await writeFile(fileURLToPath(new URL('latest.json', results)), `${JSON.stringify(json, null, 1)}\n`);
  return markdown;
}
