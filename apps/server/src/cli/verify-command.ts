import type { VerifyReport } from '@vitrine/core';
import type { Command } from 'commander';
import { bytesPerSecond, megabytes, tellProgress } from './byte-rate.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { withLibrary } from './with-library.ts';

interface VerifyCommandOptions extends CommonOptions {
  readonly rate?: number;
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
        const report = await verifier.verify({
          bytesPerSecond: options.rate ?? config.verifyBytesPerSecond,
          onDamage({ sha256, size, store, damage }) {
            if (examples.length < 100) examples.push({ sha256, size, store, damage });
            output.progress(`${damage}: ${sha256} (${size} bytes, ${store})`);
          },
          onProgress: tellProgress(output.progress),
        });
        output.result({ ...report, examples }, inWords(report));
        if (Object.values(report.damaged).some((count) => count > 0)) process.exitCode = 1;
      }),
    );
}
