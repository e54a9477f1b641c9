import type { Repaired } from '@vitrine/core';
import type { Command } from 'commander';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { withLibrary } from './with-library.ts';

function inWords({ counters, unmarked, marked, strays, copies, uploads }: Repaired): string {
  return [
    `${counters} counters were wrong and are right now.`,
    `${unmarked} files that are used were marked as unused, and are no longer.`,
    `${marked + strays} files that nothing uses are marked, ${strays} of which had no row; \`vitrine gc\` deletes them when their time has come.`,
    `${copies} second copies will be removed.`,
    `${uploads} unfinished uploads were forgotten.`,
    'No stored file was deleted. `vitrine doctor --full` says what is left.',
  ].join('\n');
}

/** `vitrine repair`: puts right what the rows themselves tell how to; a running server may go on. */
export function repairCommand(program: Command): void {
  command(program, 'repair')
    .description('put right counters, marks and leftovers that `doctor --full` found; deletes no stored file')
    .action((options: CommonOptions) =>
      withLibrary(async ({ services: { repairer } }) => {
        const repaired = await repairer.repair();
        createOutput(options.json).result(repaired, inWords(repaired));
      }),
    );
}
