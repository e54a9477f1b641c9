import { pipeline } from 'node:stream/promises';
import { parsedInput } from '@vitrine/api';
import { type AuditMark, type AuditVerdict, invalidField } from '@vitrine/core';
import { clientIdSchema } from '@vitrine/schema';
import type { Command } from 'commander';
import { auditLines } from '../audit-lines.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { callerFor, withLibrary } from './with-library.ts';

interface VerifyOptions extends CommonOptions {
  readonly mark?: string;
}

interface ExportOptions extends CommonOptions {
  readonly client?: string;
}

const markPattern = /^([1-9]\d{0,14}):([0-9a-f]{64})$/;

function markOf(text: string): AuditMark {
  const [, seq, hash] = markPattern.exec(text) ?? [];
  if (!seq || !hash)
    throw invalidField(['--mark'], 'is what an earlier verify printed: a number, a colon, a hash');
  return { seq: Number(seq), hash };
}

/** What the walk found, for people. */
export function verdictInWords(verdict: AuditVerdict): string {
  if (!verdict.ok) {
    return `The audit log is broken: event ${verdict.seq} ${verdict.problem}. ${verdict.events} events before it are as they were written.`;
  }
  const { events, head } = verdict;
  if (!head) return 'The audit log is empty.';
  return `${events} events, each as it was written. To show later that none was cut off, keep this elsewhere: ${head.seq}:${head.hash}`;
}

async function verify({ json, mark }: VerifyOptions): Promise<void> {
  const known = mark === undefined ? undefined : markOf(mark);
  const verdict = await withLibrary(({ services }) => services.audit.verify(known));
  createOutput(json).result(verdict, verdictInWords(verdict));
  if (!verdict.ok) process.exitCode = 1;
}

async function exportEvents({ client }: ExportOptions): Promise<void> {
  const clientId = client === undefined ? undefined : parsedInput(clientIdSchema, client);
  await withLibrary(async (library) => {
    const caller = await callerFor(library, undefined);
    const lines = auditLines(library.services.audit.export(caller, { clientId }));
    await pipeline(lines, process.stdout, { end: false });
  });
}

/** `vitrine audit …` */
export function auditCommands(program: Command): void {
  const audit = program.command('audit').description('who did what');
  command(audit, 'verify')
    .description(
      'walk the whole audit log and say the first event that is not as it was written; exit code 1 then',
    )
    .option('--mark <number:hash>', 'an event that an earlier verify printed, which has to be there still')
    .action(verify);
  command(audit, 'export')
    .description('print every event as JSON Lines, the oldest first')
    .option('--client <id>', 'only what was done at that client')
    .action(exportEvents);
}
