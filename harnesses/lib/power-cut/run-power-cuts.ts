import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ageStaging } from '../kill/age-staging.ts';
import { assetsScenario } from '../kill/assets-scenario.ts';
import { type Doctor, startDoctor } from '../kill/doctor.ts';
import { type Journal, openJournal } from '../kill/journal.ts';
import { keepAsking } from '../kill/keep-asking.ts';
import type { KillScenario } from '../kill/kill-scenario.ts';
import { type KnownLibrary, knownLibrary } from '../kill/known-library.ts';
import type { LibraryAddress } from '../kill/library-address.ts';
import { startVictim, type Victim } from '../kill/victim-process.ts';
import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import { copyDisk } from './copy-disk.ts';
import { makeDisk, mountDisk } from './loop-disk.ts';
import { memoryFolder } from './memory-folder.ts';
import { runCommand } from './run-command.ts';
import { whileStopped } from './stopped.ts';

export interface PowerCutOptions {
  readonly store: 'disk' | 'database';
  readonly cuts: number;
  readonly seed: number;
  /** The control: fsync does nothing in the server, so that acknowledged bytes must be lost. */
  readonly withoutSync?: boolean;
  /** Logs and the journal. */
  readonly folder: string;
  readonly scenario?: KillScenario;
  readonly onProgress?: (cuts: number) => void;
}

export interface PowerCutReport {
  readonly cuts: number;
  /** What was acknowledged in all, and must be on the copies that were made later. */
  readonly acknowledged: number;
  /** Requests under way at the cuts. */
  readonly interrupted: number;
  /** Cuts after which something that was acknowledged was not there, or the library did not open. */
  readonly lossy: number;
  readonly violations: readonly string[];
}

/** Copies are made of one disk so often; what is on it, and so each check, grows. */
const cutsOfDisk = 10;
const lanes = 3;
const hour = 3_600_000;
const day = 24 * hour;

interface Tally {
  cuts: number;
  interrupted: number;
  lossy: number;
  ahead: number;
  readonly violations: string[];
}

interface Rig {
  readonly options: PowerCutOptions;
  readonly scenario: KillScenario;
  /** In memory. */
  readonly memory: string;
  /** Opens copies; another one when it did not survive the copy before. */
  readonly checker: () => Victim;
  readonly doctor: Doctor;
  readonly journal: Journal;
  readonly random: SeededRandom;
  readonly tally: Tally;
}

/** What is known at this moment, on a disk of its own. */
function asOf(library: KnownLibrary, folder: string): KnownLibrary {
  return {
    ...library,
    folder,
    assets: new Map(library.assets),
    uploads: new Map(library.uploads),
    pending: new Set(library.pending),
    busy: new Set(),
  };
}

/** Mounts a copy and looks at everything that was acknowledged before it was made. */
async function checkCopy(rig: Rig, file: string, known: (folder: string) => KnownLibrary): Promise<string[]> {
  const { options, scenario, doctor, tally } = rig;
  const checker = rig.checker();
  await using disk = await mountDisk(file);
  const library = known(path.join(disk.folder, 'data'));
  const folders = [library.folder];
  await ageStaging(library.folder);
  // What the server had taken for itself is anybody's again after a while.
  const opened = await checker.open({
    do: 'open',
    folders,
    store: options.store,
    ahead: tally.ahead + hour,
  });
  const address = opened?.libraries[0];
  if (!address) return ['the library does not open'];
  const wrong = await scenario
    .check(library, address)
    .catch((error: unknown) => [`the library cannot be read: ${String(error)}`]);
  await checker.close();
  return [...wrong, ...(await doctor.examine(library.folder, options.store))];
}

async function cut(rig: Rig, file: string, device: string, victim: Victim, library: KnownLibrary) {
  const { options, memory, tally } = rig;
  const copy = path.join(memory, 'copy');
  const known = await whileStopped(victim.pid, async () => {
    const { pending } = library;
    tally.interrupted += pending.size;
    // Before the copy, and while nothing more can be acknowledged.
    const before = asOf(library, '');
    await copyDisk(file, device, copy);
    return before;
  });
  const wrong = await checkCopy(rig, copy, (folder) => asOf(known, folder)).catch((error: unknown) => [
    String(error),
  ]);
  await rm(copy);
  tally.cuts += 1;
  if (wrong.length > 0) tally.lossy += 1;
  tally.violations.push(...wrong.map((what) => `cut ${tally.cuts}: ${what}`));
  options.onProgress?.(tally.cuts);
}

/** A new disk, a server that writes to it, and some cuts. */
async function cutsOfOneDisk(rig: Rig, cuts: number): Promise<void> {
  const { options, scenario, memory, journal, random, tally } = rig;
  const file = path.join(memory, 'disk');
  await makeDisk(file);
  {
    await using disk = await mountDisk(file);
    const folder = path.join(disk.folder, 'data');
    await mkdir(folder);
    const victim = startVictim(options.folder, options.withoutSync ? { LD_PRELOAD: 'libeatmydata.so' } : {});
    try {
      const opened = await victim.open({
        do: 'open',
        folders: [folder],
        store: options.store,
        ahead: tally.ahead,
      });
      const address: LibraryAddress | undefined = opened?.libraries[0];
      if (!address) throw new Error('The server did not start; see victim.log.');
      const library = knownLibrary(folder, await scenario.prepare(address));
      // An empty library is there in any case: it is what comes now that is to be lost or not.
      await runCommand('sync', '--file-system', disk.folder);
      const collect = async () => {
        tally.ahead += 3 * day;
        await victim.collect({ do: 'collect', library: 0, ahead: tally.ahead });
      };
      const working = Array.from({ length: lanes }, () =>
        keepAsking({
          scenario,
          victim,
          context: { library, address, random: seededRandom(random.below(2 ** 31)), journal, collect },
          onWrong: (what) => tally.violations.push(what),
        }),
      );
      for (let done = 0; done < cuts; done += 1) {
        const enough = journal.count() + 2 + random.below(20);
        const end = Date.now() + 20_000;
        while (journal.count() < enough && Date.now() < end) await pause(1);
        await pause(random.below(10));
        await cut(rig, file, disk.device, victim, library);
        if (tally.violations.length > 0 && !options.withoutSync) break;
      }
      victim.kill();
      await Promise.all(working);
    } finally {
      victim.kill();
      await victim.exited;
    }
  }
  await rm(file);
}

/**
 * Cuts the power again and again: what has reached the disk at some moment is copied while the server writes, and the copy must hold
 * everything that was acknowledged before. Needs root and loop devices; see `whyNoLoopDevices`.
 */
export async function runPowerCuts(options: PowerCutOptions): Promise<PowerCutReport> {
  const { cuts, seed, folder, scenario = assetsScenario } = options;
  const tally: Tally = { cuts: 0, interrupted: 0, lossy: 0, ahead: 0, violations: [] };
  await using memory = await memoryFolder(1024);
  using journal = openJournal(path.join(folder, 'journal.jsonl'));
  await using doctor = startDoctor();
  let checker = startVictim(folder);
  const parts = {
    options,
    scenario,
    memory: memory.path,
    doctor,
    journal,
    random: seededRandom(seed),
    tally,
  };
  const warm = () => {
    if (checker.isDead()) checker = startVictim(folder);
    return checker;
  };
  try {
    while (tally.cuts < cuts && (tally.violations.length === 0 || options.withoutSync)) {
      await cutsOfOneDisk({ ...parts, checker: warm }, Math.min(cutsOfDisk, cuts - tally.cuts));
    }
  } finally {
    checker.kill();
    await checker.exited;
  }
  const { interrupted, lossy, violations } = tally;
  return { cuts: tally.cuts, acknowledged: journal.count(), interrupted, lossy, violations };
}
