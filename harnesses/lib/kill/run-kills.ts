import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clientSchema } from '@vitrine/schema';
import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import { act, WrongAnswerError } from './act.ts';
import { ageStaging, checkLibrary } from './check-library.ts';
import { type Doctor, startDoctor } from './doctor.ts';
import { type FailPoint, failPoints } from './fail-points.ts';
import { type Journal, openJournal } from './journal.ts';
import { type KnownLibrary, knownLibrary } from './known-library.ts';
import { askLibrary, type LibraryAddress } from './library-address.ts';
import { startVictim, type Victim } from './victim-process.ts';

export interface KillOptions {
  readonly store: 'disk' | 'database';
  /** How many times a library is to be killed. */
  readonly points: number;
  readonly seed: number;
  /** A folder of the run's own; what went wrong is left in it. */
  readonly folder: string;
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
const killsInLife = 6;
const lanes = 2;
const day = 86_400_000;
const hour = 3_600_000;
/** A point that is passed seldom is waited for until so many answers were acknowledged. */
const longestWait = 120;
/** Should nothing be acknowledged any more. */
const longestMs = 20_000;

/** What a run has come to so far. */
interface Tally {
  points: number;
  kills: number;
  interrupted: number;
  ahead: number;
  readonly named: Partial<Record<FailPoint, number>>;
  readonly violations: string[];
}

async function makeClient(library: KnownLibrary, address: LibraryAddress): Promise<void> {
  const answer = await askLibrary(address, '/api/clients', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Northwind' }),
  });
  if (answer.ok) library.clientId = clientSchema.parse(await answer.json()).id;
}

interface Round {
  readonly options: KillOptions;
  readonly victim: Victim;
  readonly journal: Journal;
  readonly random: SeededRandom;
  readonly tally: Tally;
}

/** Keeps asking until the process is dead. */
async function lane(round: Round, library: KnownLibrary, index: number, address: LibraryAddress) {
  const { victim, journal, tally } = round;
  const random = seededRandom(round.random.below(2 ** 31));
  let dead = false;
  victim.exited.then(() => {
    dead = true;
  });
  while (!dead) {
    try {
      await act({
        library,
        address,
        random,
        journal,
        async collect() {
          tally.ahead += 3 * day;
          await victim.collect({ do: 'collect', library: index, ahead: tally.ahead });
        },
      });
    } catch (error) {
      if (!(error instanceof WrongAnswerError) && !isCutOff(error)) throw error;
      if (error instanceof WrongAnswerError) tally.violations.push(`${library.folder}: ${error.message}`);
      return;
    }
  }
}

/** What fetch says of a server that dies. */
function isCutOff(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === 'AbortError');
}

/** Kills the process at some moment soon after so many more answers, unless it has died at its point before. */
async function awaitDeath({ victim, journal, random }: Round, answers: number): Promise<boolean> {
  const enough = journal.count() + answers;
  const late = random.below(15);
  const end = Date.now() + longestMs;
  let itself = false;
  victim.exited.then(() => {
    itself = true;
  });
  while (!itself && journal.count() < enough && Date.now() < end) await pause(1);
  if (!itself) await pause(late);
  if (!itself) victim.kill();
  return itself;
}

/** Opens the libraries, checks what they were before, works until the kill, and has the doctor look at what is left. */
async function round(running: Round, libraries: readonly KnownLibrary[], doctor: Doctor): Promise<void> {
  const { options, victim, random, tally } = running;
  const die = { at: random.pick(failPoints), nth: 1 + random.below(12) };
  const opened = await victim.open({
    do: 'open',
    folders: libraries.map(({ folder }) => folder),
    store: options.store,
    ahead: tally.ahead,
  });
  if (!opened) throw new Error('The server did not start again; see victim.log.');
  await Promise.all(
    libraries.map(async (library, index) => {
      const address = opened.libraries[index];
      if (!address) throw new Error('A library was not opened.');
      const wrong = await checkLibrary(library, address);
      tally.violations.push(...wrong.map((what) => `${library.folder} after kill ${library.kills}: ${what}`));
      if (library.clientId === null) await makeClient(library, address);
    }),
  );
  // Half of the processes are killed at any moment, whatever they are doing then; the others at the point, if it is passed so often.
  const atRandom = random.below(2) === 0;
  const answers = atRandom ? 2 + random.below(80) : longestWait;
  // Only now: reading passes some points too.
  if (!atRandom) victim.arm({ do: 'arm', ...die });
  const working = libraries.flatMap((library, index) =>
    Array.from({ length: lanes }, async () => {
      const address = opened.libraries[index];
      if (address) await lane(running, library, index, address);
    }),
  );
  const itself = await awaitDeath(running, answers);
  await Promise.all([...working, victim.exited]);
  if (itself) tally.named[die.at] = (tally.named[die.at] ?? 0) + 1;
  tally.kills += 1;
  // What a dead process had taken for itself is anybody's again after a while.
  tally.ahead += hour;
  for (const library of libraries) {
    library.kills += 1;
    tally.points += 1;
    tally.interrupted += library.pending.size;
    const wrong = await doctor.examine(library.folder, options.store);
    tally.violations.push(...wrong.map((what) => `${library.folder} after kill ${library.kills}: ${what}`));
    await ageStaging(library.folder);
  }
}

/** Kills the server until there were enough points, and checks after each one that nothing acknowledged is lost. */
export async function runKills(options: KillOptions): Promise<KillReport> {
  const { points, seed, folder, libraries: many = 10 } = options;
  await mkdir(folder, { recursive: true });
  const random = seededRandom(seed);
  const tally: Tally = { points: 0, kills: 0, interrupted: 0, ahead: 0, named: {}, violations: [] };
  using journal = openJournal(path.join(folder, 'journal.jsonl'));
  await using doctor = startDoctor();
  let made = 0;
  const begin = async () => {
    const place = path.join(folder, `library-${made}`);
    made += 1;
    await mkdir(place);
    return knownLibrary(place);
  };
  const libraries = await Promise.all(Array.from({ length: many }, begin));
  let next = startVictim(folder);
  try {
    while (tally.points < points && tally.violations.length === 0) {
      const victim = next;
      // Loads its programs while this one works.
      next = startVictim(folder);
      await round({ options, victim, journal, random, tally }, libraries, doctor);
      options.onProgress?.(tally.points);
      for (const [index, library] of libraries.entries()) {
        if (library.kills < killsInLife || tally.violations.length > 0) continue;
        await rm(library.folder, { recursive: true });
        libraries[index] = await begin();
      }
    }
    if (tally.violations.length === 0) {
      // What the last kill left.
      const opened = await next.open({
        do: 'open',
        folders: libraries.map((library) => library.folder),
        store: options.store,
        ahead: tally.ahead,
      });
      for (const [index, library] of libraries.entries()) {
        const address = opened?.libraries[index];
        if (address) tally.violations.push(...(await checkLibrary(library, address)));
      }
    }
  } finally {
    next.kill();
    await next.exited;
  }
  const { kills, named, interrupted, violations } = tally;
  return { points: tally.points, kills, named, acknowledged: journal.count(), interrupted, violations };
}
