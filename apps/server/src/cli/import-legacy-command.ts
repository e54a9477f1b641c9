import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LegacyReport } from '@vitrine/core';
import { openLegacyLibrary } from '@vitrine/legacy';
import type { Command } from 'commander';
import type { Composition } from '../compose.ts';
import { type CommonOptions, command } from './command.ts';
import { legacyReportInWords, needsPerson } from './legacy-report-in-words.ts';
import { createOutput, type Output } from './output.ts';
import { withLibrary } from './with-library.ts';

interface ImportLegacyOptions extends CommonOptions {
  readonly files?: string;
  readonly dryRun?: true;
  readonly report?: string;
}

/** Everything went well, and something waits for a person. */
const exitNeedsPerson = 2;
const progressEvery = 250;

function runImport(
  { services, config }: Composition,
  file: string,
  { files, dryRun }: ImportLegacyOptions,
  output: Output,
): Promise<LegacyReport> {
  const source = openLegacyLibrary({
    file: path.resolve(file),
    files: files === undefined ? null : path.resolve(files),
    workFolder: config.dataDir,
  });
  return services.legacy
    .run({
      source,
      dryRun: dryRun === true,
      onProgress(done, total) {
        if (done % progressEvery === 0) output.progress(`${done} of ${total} rows`);
      },
    })
    .finally(() => source[Symbol.dispose]());
}

/** Where the report goes unless said: beside the library, one for each run. */
function reportPath({ config, clock }: Composition): string {
  const moment = new Date(clock.now()).toISOString().replaceAll(':', '-');
  return path.join(config.dataDir, 'reports', `import-legacy-${moment}.json`);
}

async function keep(report: LegacyReport, place: string): Promise<string> {
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  await writeFile(place, `${JSON.stringify(report, null, 1)}\n`, { mode: 0o600 });
  const words = `${place.replace(/\.json$/, '')}.txt`;
  await writeFile(words, `${legacyReportInWords(report, { all: true })}\n`, { mode: 0o600 });
  return words;
}

/** `vitrine import-legacy`: take over the library of the system that came before. */
export function importLegacyCommand(program: Command): void {
  command(program, 'import-legacy <old.db>')
    .description("take over the old system's clients, campaigns and assets; may be run again at any time")
    .option('--files <folder>', "the old system's folder of files, each named by its asset's id")
    .option('--dry-run', 'change nothing and say what would happen')
    .option('--report <file.json>', 'where the whole report goes (and beside it one in words)')
    .action((file: string, options: ImportLegacyOptions) =>
      withLibrary(async (library) => {
        const output = createOutput(options.json);
        const report = await runImport(library, file, options, output);
        const place = options.report ?? (options.dryRun ? null : reportPath(library));
        const kept = place && (await keep(report, place));
        const more = kept ? `\nThe whole report: ${place} and ${kept}` : '';
        output.result(report, `${legacyReportInWords(report, { all: false })}${more}`);
        if (needsPerson(report)) process.exitCode = exitNeedsPerson;
      }),
    );
}
