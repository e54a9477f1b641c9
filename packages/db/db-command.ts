import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { databaseSettings } from './database-settings.ts';
import { migratePostgres, migrateSqlite, rehearsePostgres, rehearseSqlite } from './src/index.ts';

// `node --conditions=@vitrine/source db-command.ts generate|push|migrate`: what `pnpm db:…` runs.
// `generate` writes both dialects' migrations; `push` and `migrate` work on the database that the settings name.

process.chdir(import.meta.dirname);
const settings = databaseSettings();
const drizzleKit = path.join(path.dirname(createRequire(import.meta.url).resolve('drizzle-kit')), 'bin.cjs');

/** Runs drizzle-kit so that it finds the sources of our packages; it has no setting for that. */
function runDrizzleKit(command: string, dialect: string, options: readonly string[]): void {
  const { status, error } = spawnSync(
    process.execPath,
    [drizzleKit, command, '--config', `drizzle.${dialect}.config.ts`, ...options],
    {
      stdio: 'inherit',
      env: { ...process.env, NODE_OPTIONS: '--conditions=@vitrine/source' },
    },
  );
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

async function migrate(options: readonly string[]): Promise<void> {
  const dryRun = options.includes('--dry-run');
  const { dialect, file, url } = settings;
  const onSqlite = dryRun ? rehearseSqlite : migrateSqlite;
  const onPostgres = dryRun ? rehearsePostgres : migratePostgres;
  const result = dialect === 'sqlite' ? await onSqlite({ file }) : await onPostgres({ database: url });
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

const [command, ...options] = process.argv.slice(2);
switch (command) {
  case 'generate':
    for (const dialect of ['sqlite', 'postgres']) runDrizzleKit('generate', dialect, options);
    break;
  case 'push':
    mkdirSync(path.dirname(settings.file), { recursive: true });
    runDrizzleKit('push', settings.dialect, options);
    break;
  case 'migrate':
    await migrate(options);
    break;
  default:
    process.stderr.write('Say generate, push or migrate.\n');
    process.exitCode = 2;
}
