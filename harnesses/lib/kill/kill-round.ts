import { setTimeout as pause } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import { ageStaging } from './age-staging.ts';
import type { Doctor } from './doctor.ts';
import { type FailPoint, failPoints } from './fail-points.ts';
import type { Journal } from './journal.ts';
import { keepAsking } from './keep-asking.ts';
import type { KillScenario } from './kill-scenario.ts';
import type { KnownLibrary } from './known-library.ts';
import type { LibraryAddress } from './library-address.ts';
import type { Victim } from './victim-process.ts';

/** What a run has come to so far. */
export interface Tally {
  points: number;
  kills: number;
  interrupted: number;
  /** Milliseconds that the libraries' clock is ahead. */
  ahead: number;
  readonly named: Partial<Record<FailPoint, number>>;
  readonly violations: string[];
}

export interface KillRound {
  readonly scenario: KillScenario;
  readonly store: 'disk' | 'database';
  readonly victim: Victim;
  readonly doctor: Doctor;
  readonly journal: Journal;
  readonly random: SeededRandom;
  readonly tally: Tally;
}

/** How many ask one library for things at once. */
const lanes = 2;
const hour = 3_600_000;
const day = 24 * hour;
/** A point that is passed seldom is waited for until so many answers were acknowledged. */
const longestWait = 60;
/** Should nothing be acknowledged any more. */
const longestMs = 20_000;

/** Opens the libraries and checks them. */
async function openAll(round: KillRound, libraries: readonly KnownLibrary[]): Promise<LibraryAddress[]> {
  const { scenario, store, victim, tally } = round;
  const folders = libraries.map(({ folder }) => folder);
  const opened = await victim.open({ do: 'open', folders, store, ahead: tally.ahead });
  if (!opened) throw new Error('The server did not start again; see victim.log.');
  await Promise.all(
    opened.libraries.map(async (address, index) => {
      const library = libraries[index];
      if (!library) return;
      const wrong = await scenario.check(library, address);
      tally.violations.push(...wrong.map((what) => `${library.folder} after kill ${library.kills}: ${what}`));
    }),
  );
  return opened.libraries;
}

/** Everybody who asks one library for things, until the process is dead. */
function lanesOf(round: KillRound, library: KnownLibrary, index: number, address: LibraryAddress) {
  const { scenario, victim, journal, tally } = round;
  const collect = async () => {
    tally.ahead += 3 * day;
    await victim.collect({ do: 'collect', library: index, ahead: tally.ahead });
  };
  return Array.from({ length: lanes }, () => {
    const random = seededRandom(round.random.below(2 ** 31));
    const context = { library, address, random, journal, collect };
    return keepAsking({ scenario, victim, context, onWrong: (what) => tally.violations.push(what) });
  });
}

/** Waits for so many more answers, and then a moment; false when the process died before. */
async function answered({ victim, journal }: KillRound, answers: number): Promise<boolean> {
  const enough = journal.count() + answers;
  const end = Date.now() + longestMs;
  while (!victim.isDead() && journal.count() < enough && Date.now() < end) await pause(1);
  return !victim.isDead();
}

/**
 * Once there was some work: kills a third of the processes at any moment, whatever they are doing then, and has the others kill
 * themselves at a point, if it is passed soon. Answers the point.
 */
async function death(round: KillRound): Promise<FailPoint | null> {
  const { victim, random } = round;
  await answered(round, 2 + random.below(80));
  const at = random.below(3) === 0 ? null : random.pick(failPoints);
  if (at) {
    victim.arm({ do: 'arm', at, nth: 1 + random.below(5) });
    if (!(await answered(round, longestWait))) return at;
  }
  await pause(random.below(15));
  victim.kill();
  return null;
}

/** Checks what the libraries are after the kill before. */
export async function checkAll(round: KillRound, libraries: readonly KnownLibrary[]): Promise<void> {
  await openAll(round, libraries);
  round.victim.kill();
  await round.victim.exited;
}

/** Opens the libraries, checks what they were before, works until the kill, and has the doctor look at what is left. */
export async function killRound(round: KillRound, libraries: readonly KnownLibrary[]): Promise<void> {
  const { store, victim, doctor, tally } = round;
  const addresses = await openAll(round, libraries);
  const working = addresses.flatMap((address, index) => {
    const library = libraries[index];
    return library ? lanesOf(round, library, index, address) : [];
  });
  const at = await death(round);
  await Promise.all([...working, victim.exited]);
  if (at) tally.named[at] = (tally.named[at] ?? 0) + 1;
  tally.kills += 1;
  // What a dead process had taken for itself is anybody's again after a while.
  tally.ahead += hour;
  for (const library of libraries) {
    library.kills += 1;
    tally.points += 1;
    tally.interrupted += library.pending.size;
    const wrong = await doctor.examine(library.folder, store);
    tally.violations.push(...wrong.map((what) => `${library.folder} after kill ${library.kills}: ${what}`));
    await ageStaging(library.folder);
  }
}
