import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { HealthFinding } from '@vitrine/core';
import { findTools } from '@vitrine/media';
import type { JobCounts } from '@vitrine/schema';
import type { Command } from 'commander';
import type { Composition } from '../compose.ts';
import { verdictInWords } from './audit-commands.ts';
import { bytesPerSecond, tellProgress } from './byte-rate.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { roomDetail } from './room-finding.ts';
import { schemaFinding } from './schema-finding.ts';
import { withLibrary } from './with-library.ts';

interface DoctorOptions extends CommonOptions {
  readonly full: boolean;
  readonly rate: number;
}

type Finding = Pick<HealthFinding, 'what' | 'state' | 'detail'> & Partial<HealthFinding>;

interface Report {
  readonly healthy: boolean;
  readonly findings: readonly Finding[];
  /** Null where they could not be read. */
  readonly jobs: JobCounts | null;
  readonly needSomebody: readonly {
    readonly id: string;
    readonly name: string;
    readonly error: string | null;
  }[];
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function examine(what: string, look: () => Promise<string>): Promise<Finding> {
  return look().then(
    (detail) => ({ what, state: 'well', detail }),
    (error: unknown) => ({ what, state: 'ill', detail: words(error) }),
  );
}

async function toolFindings(): Promise<Finding[]> {
  return (await findTools()).map(({ name, path: place, needed, purpose }) => {
    if (place) return { what: name, state: 'well', detail: place };
    return { what: name, state: needed ? 'ill' : 'poorer', detail: `not found; it makes ${purpose}` };
  });
}

async function auditDetail({ audit }: Composition['services']): Promise<string> {
  const verdict = await audit.verify();
  if (!verdict.ok) throw new Error(verdictInWords(verdict));
  return verdictInWords(verdict);
}

/** Without reading them again: what is known from the last time. */
async function marksDetail({ database }: Composition): Promise<string> {
  const { count } = await database.read((readers) => readers.examination.damaged());
  if (count === 0) return 'none is known to be damaged';
  throw new Error(`${count} files are known to be damaged and are not served; \`--full\` names them`);
}

async function diagnose(library: Composition, { full, rate, json }: DoctorOptions): Promise<Report> {
  const { database, config, clock, services, room } = library;
  const { progress } = createOutput(json);
  const findings = [
    await examine('database', async () => {
      await database.check();
      return 'answers, and has the schema of this version';
    }),
    await schemaFinding(config),
    await examine('data folder', async () => {
      const probe = path.join(config.dataDir, `.doctor-${randomUUID()}`);
      await writeFile(probe, 'x', { flush: true });
      await rm(probe);
      return `${config.dataDir} can be written`;
    }),
    await examine('room on the disk', async () => roomDetail(await room.look())),
    ...(await toolFindings()),
    await examine('stored bytes, marks', () => marksDetail(library)),
    ...(full ? [await examine('audit log', () => auditDetail(services))] : []),
    ...(full
      ? await services.examiner.examine({ bytesPerSecond: rate, onProgress: tellProgress(progress) })
      : []),
  ];
  const at = clock.now();
  let jobs: JobCounts | null = null;
  let needSomebody: Report['needSomebody'] = [];
  try {
    ({ jobs, needSomebody } = await database.read(async (readers) => ({
      jobs: await readers.jobs.counts(at),
      needSomebody: (await readers.jobs.list({ states: ['dead', 'running'], limit: 100, at }))
        .filter(({ state, stuck }) => state === 'dead' || stuck)
        .map(({ id, name, error }) => ({ id, name, error })),
    })));
  } catch (error) {
    findings.push({ what: 'jobs', state: 'ill', detail: `could not be looked at: ${words(error)}` });
  }
  const healthy = findings.every(({ state }) => state !== 'ill') && needSomebody.length === 0;
  return { healthy, findings, jobs, needSomebody };
}

const marks = { well: 'ok  ', poorer: 'less', ill: 'ILL ' } as const;

function inWords({ healthy, findings, jobs, needSomebody }: Report): string {
  return [
    ...findings.flatMap(({ what, state, detail, examples = [] }) => [
      `${marks[state]}  ${what}: ${detail}`,
      ...examples.map((example) => `        ${example}`),
    ]),
    ...(jobs
      ? [
          `      jobs: ${jobs.waiting} waiting, ${jobs.running} running, ${jobs.stuck} stuck, ${jobs.dead} dead`,
        ]
      : []),
    ...needSomebody.map(
      ({ id, name, error }) => `ILL   job ${id} (${name}): ${error ?? 'its worker is not heard of'}`,
    ),
    healthy ? 'All is well.' : 'Something needs you; see the lines marked ILL.',
  ].join('\n');
}

/** `vitrine doctor`: what works here and what needs somebody; exit code 1 when something does. */
export function doctorCommand(program: Command): void {
  command(program, 'doctor')
    .description('say what works here and what needs somebody')
    .option('--full', 'also what takes long: read all bytes and rows, and walk the audit log', false)
    .option('--rate <bytes>', 'with --full: bytes a second; 0: as fast as it goes', bytesPerSecond, 0)
    .action(async (options: DoctorOptions) => {
      const report = await withLibrary((library) => diagnose(library, options));
      createOutput(options.json).result(report, inWords(report));
      if (!report.healthy) process.exitCode = 1;
    });
}
