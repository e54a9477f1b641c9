import { AppError, type BlobStoreName, type BlobTotals, blobStoreNames, type Moved } from '@vitrine/core';
import type { Command } from 'commander';
import { bytesPerSecond, megabytes, tellProgress } from './byte-rate.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { withLibrary } from './with-library.ts';

interface MoveCommandOptions extends CommonOptions {
  readonly to: string;
  readonly rate: number;
}

function storeNamed(name: string): BlobStoreName {
  if (name === 's3') {
    throw new AppError(
      'invalid_input',
      'This version has no S3 store, so nothing can be moved to it. Move to disk or database; a folder of a mounted S3 bucket is no replacement, since it does not write durably.',
    );
  }
  const store = blobStoreNames.find((one) => one === name);
  if (store) return store;
  throw new AppError('invalid_input', `There is no store '${name}'. Move to disk or database.`);
}

const amount = ({ blobs, bytes }: BlobTotals) => `${blobs} files of ${megabytes(bytes)}`;

function inWords({ moved, tooLarge, damaged, waiting, passedOver }: Moved, to: BlobStoreName): string {
  const stayed: readonly [BlobTotals, string][] = [
    [tooLarge, `are larger than the store '${to}' takes for one file, and stay where they are`],
    [damaged, 'are damaged or gone, and were not moved; `vitrine verify` says what is wrong'],
    [waiting, 'were moved less than an hour ago; move them when their old copy is gone'],
    [passedOver, 'were changed by somebody else at that moment; run this again'],
  ];
  return [
    `Moved ${amount(moved)} to the store '${to}', and compared each with its hash.`,
    ...stayed.filter(([{ blobs }]) => blobs > 0).map(([totals, why]) => `${amount(totals)} ${why}.`),
    ...(moved.blobs > 0 ? ['The old copies are removed by the server, or by `vitrine gc`, in an hour.'] : []),
  ].join('\n');
}

/** `vitrine storage move --to disk|database`: a running server may go on. Exit code 1 when something damaged was met. */
export function storageCommands(program: Command): void {
  const storage = program.command('storage').description('where bytes are kept');
  command(storage, 'move')
    .description('move stored bytes to another store, while they are served')
    .requiredOption('--to <store>', 'disk, database or s3')
    .option('--rate <bytes>', 'bytes a second; 0: as fast as it goes', bytesPerSecond, 0)
    .action((options: MoveCommandOptions) =>
      withLibrary(async ({ services: { mover }, config }) => {
        const output = createOutput(options.json);
        const to = storeNamed(options.to);
        const moved = await mover.move({
          to,
          bytesPerSecond: options.rate,
          onProgress: tellProgress(output.progress),
        });
        output.result({ to, ...moved }, inWords(moved, to));
        if (config.blobs.mode !== to) {
          output.progress(`New files still go to the store '${config.blobs.mode}': set VITRINE_BLOBS=${to}.`);
        }
        if (moved.damaged.blobs > 0) process.exitCode = 1;
      }),
    );
}
