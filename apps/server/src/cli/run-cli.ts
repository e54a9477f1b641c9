import { Command, CommanderError } from 'commander';
import { version } from '../version.ts';
import { auditCommands } from './audit-commands.ts';
import { backupCommand } from './backup-command.ts';
import { clientCommands } from './client-commands.ts';
import { demoCommand } from './demo-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { gcCommand } from './gc-command.ts';
import { importLegacyCommand } from './import-legacy-command.ts';
import { keyCommands } from './key-commands.ts';
import { migrateCommand } from './migrate-command.ts';
import { reportError } from './output.ts';
import { repairCommand } from './repair-command.ts';
import { restoreCommand } from './restore-command.ts';
import { serveCommand } from './serve-command.ts';
import { storageCommands } from './storage-commands.ts';
import { uploadCommand } from './upload-command.ts';
import { userCommands } from './user-commands.ts';
import { verifyCommand } from './verify-command.ts';

/** Runs one command line; answers the exit code (0 done, 1 failed, 2 some files were refused). */
export async function runCli(argv: readonly string[]): Promise<number> {
  const program = new Command('vitrine')
    .description('A self-hosted library of typed assets')
    .version(version)
    .showHelpAfterError()
    .exitOverride();
  for (const add of [
    serveCommand,
    demoCommand,
    migrateCommand,
    gcCommand,
    backupCommand,
    restoreCommand,
    importLegacyCommand,
    userCommands,
    keyCommands,
    clientCommands,
    uploadCommand,
    auditCommands,
    doctorCommand,
    verifyCommand,
    repairCommand,
    storageCommands,
  ]) {
    add(program);
  }
  try {
    await program.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    reportError(error, argv.includes('--json'));
    return 1;
  }
}
