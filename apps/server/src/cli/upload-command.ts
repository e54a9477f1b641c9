import type { Command } from 'commander';
import { type CommonOptions, collect, command } from './command.ts';
import { filesBelow } from './files-below.ts';
import { createOutput } from './output.ts';
import { uploadHere } from './upload-here.ts';
import type { UploadOutcome, UploadTarget } from './upload-outcome.ts';

interface UploadOptions extends CommonOptions, UploadTarget {
  readonly user?: string;
  readonly server?: string;
}

function lineOf(outcome: UploadOutcome): string {
  const { file } = outcome;
  if (!outcome.ok) return `${file}: refused (${outcome.code}). ${outcome.detail}`;
  return `${file}: ${outcome.outcome}, ${outcome.asset.type} ${outcome.asset.id}`;
}

/** How many files had each outcome, in words. */
function summaryOf(outcomes: readonly UploadOutcome[]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const what = outcome.ok ? outcome.outcome : 'refused';
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const words = Array.from(counts, ([what, count]) => `${count} ${what}`);
  return words.length > 0 ? `${words.join(', ')}.` : 'There was no file to upload.';
}

/** `vitrine upload <files or folders>`: every file has its own outcome; one refusal does not stop the others. */
export function uploadCommand(program: Command): void {
  command(program, 'upload <paths...>')
    .description('put files or whole folders into the library')
    .requiredOption('--client <id>', 'the client they belong to')
    .option('--campaign <id>', "one of the client's campaigns")
    .option('--tag <name>', 'a free tag or a role; may be repeated', collect, [])
    .option('--user <address>', 'act as this user (default: the first owner)')
    .option('--server <address>', 'send them to that server, with the key in VITRINE_API_KEY')
    .action(async (paths: readonly string[], { user, server, json, ...target }: UploadOptions) => {
      const output = createOutput(json);
      const job = {
        files: await filesBelow(paths),
        target,
        onOutcome: (outcome: UploadOutcome) => output.progress(lineOf(outcome)),
      };
      const outcomes = await (server === undefined
        ? uploadHere(job, user)
        : // Only this needs the client, which takes its time to load.
          import('./upload-there.ts').then(({ uploadThere }) => uploadThere(job, server)));
      output.result(outcomes, summaryOf(outcomes));
      if (outcomes.some(({ ok }) => !ok)) process.exitCode = 2;
    });
}
