import { AppError } from '@vitrine/core';
import { restoreSnapshot } from '@vitrine/db';
import type { Command } from 'commander';
import { type Config, configFrom } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import { migrate, rehearseMigration } from '../migrate.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput, type Output } from './output.ts';
import { rehearsalInWords } from './rehearsal-in-words.ts';

interface MigrateOptions extends CommonOptions {
  readonly dryRun?: true;
  readonly back?: string | true;
}

async function rehearse(config: Config, output: Output): Promise<void> {
  const rehearsal = await rehearseMigration(config);
  output.result(rehearsal, rehearsalInWords(rehearsal));
  if (rehearsal.refusal !== null) process.exitCode = 1;
}

async function goBack({ database }: Config, snapshot: string | true, output: Output): Promise<void> {
  if (database.kind !== 'sqlite') {
    throw new AppError(
      'invalid_input',
      "A PostgreSQL database has no snapshot beside it. Restore the dump from before the upgrade: see 'Going back' in docs/operations.md.",
    );
  }
  const back = await restoreSnapshot({ file: database.file, ...(snapshot !== true && { snapshot }) });
  output.result(
    back,
    [
      `The database is again what it was in '${back.snapshot}'. That took ${(back.tookMs / 1000).toFixed(1)} s.`,
      ...(back.aside ? [`What it was until now is kept as '${back.aside}'.`] : []),
      ...(back.lacks.length > 0
        ? [`Start the version from before ${back.lacks[0]}; this one would migrate it again.`]
        : []),
    ].join('\n'),
  );
}

/** `vitrine migrate`: bring the database to this version; `serve` does the same at its start. */
export function migrateCommand(program: Command): void {
  command(program, 'migrate')
    .description('bring the database to this version')
    .option(
      '--dry-run',
      'only try it on a copy, and say what happens to which tables; exit code 1 if it would be refused',
    )
    .option(
      '--back [snapshot]',
      'go back to the database from before a migration (default: the newest snapshot)',
    )
    .action(async ({ json, dryRun, back }: MigrateOptions) => {
      const config = configFrom(readEnv());
      const output = createOutput(json);
      if (dryRun && back) throw new AppError('invalid_input', 'Say --dry-run or --back, not both.');
      if (dryRun) return rehearse(config, output);
      if (back) return goBack(config, back, output);
      const result = await migrate(config);
      output.result(
        result,
        `Applied: ${result.applied.join(', ') || 'nothing, the database is up to date'}.`,
      );
    });
}
