import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createMediaTools } from '@vitrine/media';
import { type MalformedReport, namesIn, openCallTrap, runMalformed } from '@vitrine/testing';

export interface MalformedCorpus {
  /** The same seed makes the same files. */
  readonly seed: number;
  readonly count: number;
  /** Only the file with this number. */
  readonly only?: number;
}

export interface MalformedOutcome extends MalformedReport {
  /** Connections that reached a listener whose address stands in the files. */
  readonly calls: number;
  /** Files that came to be where none belongs. */
  readonly strangers: readonly string[];
  /** What is left of the private folders. */
  readonly left: readonly string[];
}

/** Puts damaged and hostile files through the inspector and the renderers as a server has them. Files with violations stay where they are. */
export async function runMalformedCorpus({ seed, count, only }: MalformedCorpus): Promise<MalformedOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-malformed-'));
  const hidden = path.join(folder, 'data');
  const scratch = path.join(folder, 'scratch');
  await mkdir(hidden);
  await mkdir(scratch);
  // A home of their own: in the user's other programs may make files meanwhile.
  const home = path.join(folder, 'home');
  await mkdir(home);
  process.env['HOME'] = home;
  const siblingPath = path.join(hidden, 'neighbour.txt');
  await writeFile(siblingPath, 'WORDS-THAT-MUST-NEVER-COME-OUT '.repeat(40));
  const watched = [process.cwd(), home, hidden, '/'];
  const before = await namesIn(watched);
  await using trap = await openCallTrap();
  const { inspector, renderer } = createMediaTools({ scratch, hidden: [hidden] });
  const bait = { siblingPath, port: trap.port };
  const report = await runMalformed({
    ...{ inspector, renderer, folder, bait, seed, count },
    concurrency: 2,
    ...(only !== undefined && { only }),
  }).finally(() => renderer.close());
  const strangers = [...(await namesIn(watched))].filter((name) => !before.has(name));
  const left = [...(await namesIn([scratch]))];
  if (report.violations.length === 0) await rm(folder, { recursive: true, force: true });
  return { ...report, calls: trap.calls(), strangers, left };
}
