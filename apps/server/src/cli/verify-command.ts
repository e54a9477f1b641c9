import type { VerifyReport } from '@vitrine/core';
import { type Command, InvalidArgumentError } from 'commander';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { withLibrary } from './with-library.ts';

interface VerifyCommandOptions extends CommonOptions {
  readonly rate?: number;
}

const progressMs = 2000;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

function bytesPerSecond(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number of bytes; 0 means as fast as it goes.');
}

function inWords({ blobs, bytes, damaged, healed }: VerifyReport): string {
  const count = Object.values(damaged).reduce((sum, one) => sum + one, 0);
  const lines = [`Read ${blobs} files of ${megabytes(bytes)}.`];
  if (healed > 0) lines.push(`${healed} that were damaged are right again.`);
  if (count === 0) lines.push('All are what they should be.');
  else {
    const { missing, wrong_size, wrong_bytes, unreadable } = damaged;
    lines.push(
      `${count} are damaged: ${wrong_bytes} have other bytes, ${wrong_size} another length, ${missing} are gone, ${unreadable} cannot be read.`,
      'They are not served any more, and nothing was deleted. `vitrine doctor --full` names the assets. Upload the same files again, or restore them from a backup.',
    );
  }
  return lines.join('\n');
}

/** `vitrine verify`: reads all stored bytes back and compares them with their hashes; exit code 1 when something is wrong. */
export function verifyCommand(program: Command): void {
  command(program, 'verify')
    .description('read all stored bytes back and compare them with their hashes')
    .option(
      '--rate <bytes>',
      'bytes a second; 0: as fast as it goes (default: VITRINE_VERIFY_RATE)',
      bytesPerSecond,
    )
    .action((options: VerifyCommandOptions) =>
      withLibrary(async ({ services: { verifier }, config }) => {
        const output = createOutput(options.json);
        const examples: object[] = [];
        let last = Date.now();
        const report = await verifier.verify({
          bytesPerSecond: options.rate ?? config.verifyBytesPerSecond,
          onDamage({ sha256, size, store, damage }) {
            if (examples.length < 100) examples.push({ sha256, size, store, damage });
            output.progress(`${damage}: ${sha256} (${size} bytes, ${store})`);
          },
          onProgress(read, of) {
            if (Date.now() - last < progressMs) return;
            last = Date.now();
            output.progress(
              `${read.blobs} of ${of.blobs} files, ${megabytes(read.bytes)} of ${megabytes(of.bytes)}`,
            );
          },
        });
        output.result({ ...report, examples }, inWords(report));
        if (Object.values(report.damaged).some((count) => count > 0)) process.exitCode = 1;
      }),
    );
}
