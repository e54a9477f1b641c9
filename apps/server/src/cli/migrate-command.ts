import type { Command } from 'commander';
import { configFrom } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import { migrate } from '../migrate.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';

interface MigrateOptions extends CommonOptions {
  readonly dryRun?: true;
}

/** `vitrine migrate`: bring the database to this version; `serve` does the same at its start. */
export function migrateCommand(program: Command): void {
  command(program, 'migrate')
    .description('bring the database to this version')
    .option('--dry-run', 'only say what would be applied')
    .action(async (options: MigrateOptions) => {
      const report = await migrate(configFrom(readEnv()), { dryRun: options.dryRun ?? false });
      const { applied, pending } = report;
      const text = options.dryRun
        ? `Would apply: ${pending.join(', ') || 'nothing'}.`
        : `Applied: ${applied.join(', ') || 'nothing, the database is up to date'}.`;
      createOutput(options.json).result(report, text);
    });
}
