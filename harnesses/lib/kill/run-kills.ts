import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { seededRandom } from '../seeded-random.ts';
import { assetsScenario } from './assets-scenario.ts';
import { startDoctor } from './doctor.ts';
import type { FailPoint } from './fail-points.ts';
import { openJournal } from './journal.ts';
import { checkAll, killRound, type Tally } from './kill-round.ts';
import type { KillScenario } from './kill-scenario.ts';
import { libraryTemplate } from './library-template.ts';
import { startVictim } from './victim-process.ts';

export interface KillOptions {
  readonly store: 'disk' | 'database';
  /** How many times a library is to be killed. */
  readonly points: number;
  readonly seed: number;
  /** A folder of the run's own; what went wrong is left in it. */
  readonly folder: string;
  /** What goes on meanwhile; uploads, deletions and the like unless said. */
  readonly scenario?: KillScenario;
  /** Libraries that live in one process, and so die at one kill. */
  readonly libraries?: number;
  readonly onProgress?: (points: number) => void;
}

export interface KillReport {
  /** Kills, counted once for each library that the dead process served. */
  readonly points: number;
  /** Processes that were killed. */
  readonly kills: number;
  /** How often a process died at each named point. */
  readonly named: Readonly<Partial<Record<FailPoint, number>>>;
  /** Answers that were acknowledged and checked. */
  readonly acknowledged: number;
  /** Requests that a kill left without an answer. */
  readonly interrupted: number;
  readonly violations: readonly string[];
}

/** After so many a new library begins: checking everything it holds takes ever longer. */
const killsInLife = 8;

/** Kills the server until there were enough points, and checks after each one that nothing acknowledged is lost. */
export async function runKills(options: KillOptions): Promise<KillReport> {
  const { store, points, seed, folder, scenario = assetsScenario, libraries: many = 10 } = options;
  await mkdir(folder, { recursive: true });
  const template = await libraryTemplate(folder, store, scenario);
  const tally: Tally = { points: 0, kills: 0, interrupted: 0, ahead: 0, named: {}, violations: [] };
  using journal = openJournal(path.join(folder, 'journal.jsonl'));
  await using doctor = startDoctor();
  const libraries = await Promise.all(Array.from({ length: many }, template.begin));
  const parts = { scenario, store, doctor, journal, random: seededRandom(seed), tally };
  let next = startVictim(folder);
  try {
    while (tally.points < points && tally.violations.length === 0) {
      const victim = next;
      // Loads its programs while this one works.
      next = startVictim(folder);
      await killRound({ ...parts, victim }, libraries);
      options.onProgress?.(tally.points);
      if (tally.points >= points || tally.violations.length > 0) break;
      for (const [index, library] of libraries.entries()) {
        if (library.kills < killsInLife + (index % 4)) continue;
        await rm(library.folder, { recursive: true });
        libraries[index] = await template.begin();
      }
    }
    // What the last kill left.
    if (tally.violations.length === 0) await checkAll({ ...parts, victim: next }, libraries);
  } finally {
    next.kill();
    await next.exited;
  }
  const { kills, named, interrupted, violations } = tally;
  return { points: tally.points, kills, named, acknowledged: journal.count(), interrupted, violations };
}
