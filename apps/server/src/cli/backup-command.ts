import type { Command } from 'commander';
import { makeBackup } from '../backup/make-backup.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { withLibrary } from './with-library.ts';

interface BackupOptions extends CommonOptions {
  readonly check?: true;
}

/** It is a backup, and some bytes could not be read. */
const exitWithProblems = 2;
const progressEvery = 500;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** `vitrine backup`: copy the library of this moment, while it goes on. */
export function backupCommand(program: Command): void {
  command(program, 'backup <folder>')
    .description(
      'copy the library as it is now, while it goes on; what an earlier backup there has is not copied again',
    )
    .option('--check', 'also read what earlier backups there copied, and copy again what is not what it was')
    .action((folder: string, options: BackupOptions) =>
      withLibrary(async (library) => {
        const output = createOutput(options.json);
        const made = await makeBackup({
          library,
          folder,
          check: options.check,
          onProgress(done, total) {
            if (done % progressEvery === 0) output.progress(`${done} of ${total} files`);
          },
        });
        const { place, manifest, copied, copiedBytes, kept, problems } = made;
        const lines = [
          `Backed up to ${place}: ${manifest.blobs.count} files of ${megabytes(manifest.blobs.bytes)}; ${copied} were copied now (${megabytes(copiedBytes)}), ${kept} were there.`,
          ...problems.map(({ sha256, problem }) => `MISSING ${sha256}: ${problem}`),
          ...(problems.length > 0
            ? [
                `${problems.length} files are not in it: the library has lost them. Run: vitrine verify`,
                `To bring back all others: vitrine restore ${folder} --into <empty folder> --without-missing`,
              ]
            : [`To bring it back: vitrine restore ${folder} --into <empty folder>`]),
        ];
        output.result({ place, copied, copiedBytes, kept, problems, manifest }, lines.join('\n'));
        if (problems.length > 0) process.exitCode = exitWithProblems;
      }),
    );
}
