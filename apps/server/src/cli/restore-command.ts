import type { Command } from 'commander';
import { backupFolder, backupsIn } from '../backup/backup-folder.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';

interface RestoreOptions extends CommonOptions {
  readonly into: string;
  readonly backup?: string;
  readonly databaseUrl?: string;
  readonly withoutMissing?: true;
}

const progressEvery = 500;

/** `vitrine restore`: make a library of a backup, in an empty place. */
export function restoreCommand(program: Command): void {
  command(program, 'restore <folder>')
    .description('make a library of a backup in an empty folder; every byte is verified')
    .requiredOption('--into <folder>', 'an empty folder, or one that is not there yet')
    .option('--backup <name>', 'which one; the newest unless said')
    .option('--database-url <url>', 'an empty PostgreSQL database, for a backup of one')
    .option(
      '--without-missing',
      'also when the library itself had lost some files; they are known as damaged then',
    )
    .action(async (folder: string, { into, backup, databaseUrl, withoutMissing, json }: RestoreOptions) => {
      const output = createOutput(json);
      const restored = await restoreBackup({
        folder,
        into,
        name: backup,
        databaseUrl,
        withoutMissing,
        onProgress(done, total) {
          if (done % progressEvery === 0) output.progress(`${done} of ${total} files`);
        },
      });
      const { manifest, name } = restored;
      output.result(
        { ...restored, backups: backupsIn(backupFolder(folder)) },
        [
          `Restored ${name} into ${restored.into}: ${manifest.blobs.count} files, every byte of them and of the database as it was.`,
          ...manifest.missing.map(({ sha256, problem }) => `MISSING ${sha256}: ${problem}`),
          `Start it: VITRINE_DATA_DIR=${restored.into} npm start`,
          ...(manifest.secret
            ? []
            : ['Its secret came from VITRINE_SECRET: set the same one, or people have to sign in again.']),
        ].join('\n'),
      );
    });
}
