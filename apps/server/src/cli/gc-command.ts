import type { Command } from 'commander';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { withLibrary } from './with-library.ts';

interface GcOptions extends CommonOptions {
  readonly dryRun?: true;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** `vitrine gc`: delete what has been in the trash long enough, and give back the room of bytes that nothing points at. */
export function gcCommand(program: Command): void {
  command(program, 'gc')
    .description('empty the trash of what is old, and give back the room of bytes that nothing uses')
    .option('--dry-run', 'only say how many bytes are due')
    .action((options: GcOptions) =>
      withLibrary(async ({ services: { collector, mover, trash } }) => {
        const output = createOutput(options.json);
        if (options.dryRun) {
          const due = await collector.preview();
          output.result(due, `Due: ${due.due} files of ${megabytes(due.dueBytes)}. Nothing was changed.`);
          return;
        }
        const purged = await trash.purgeOld();
        const { strays, marked, deleted, freedBytes } = await collector.collect();
        const copies = await mover.removeCopies();
        output.result(
          { purged, strays, marked, deleted, freedBytes, copies },
          [
            `Deleted ${purged} assets that were in the trash long enough.`,
            `Deleted ${deleted} files of ${megabytes(freedBytes)}.`,
            `Removed ${copies} copies that moves left behind.`,
            `Marked ${marked + strays} more that nothing uses (${strays} of them had no row); they go when their time has come.`,
          ].join('\n'),
        );
      }),
    );
}
