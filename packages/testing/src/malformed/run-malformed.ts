import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError, type MediaInspector, type MediaRenderer } from '@vitrine/core';
import { type AssetFacts, renditionStages } from '@vitrine/schema';
import { type MediaFixture, makeFixtures } from '../media/make-fixtures.ts';
import { type Bait, makeTraps } from './make-traps.ts';
import { type Mutation, mutate, mutations } from './mutate.ts';
import { seededRandom } from './seeded-random.ts';

interface MalformedRun {
  readonly inspector: MediaInspector;
  readonly renderer: MediaRenderer;
  /** For the files; what is broken is left here when something goes wrong with it. */
  readonly folder: string;
  readonly bait: Bait;
  readonly seed: number;
  /** How many files; the traps are the first of them. */
  readonly count: number;
  /** Files at once. */
  readonly concurrency: number;
  /** Only this one, by its number. */
  readonly only?: number;
}

/** What must not happen, with the number that makes it happen again. */
interface Violation {
  readonly number: number;
  readonly name: string;
  readonly what: string;
}

export interface MalformedReport {
  readonly refused: number;
  readonly accepted: number;
  /** Files past the inspector or pushed past it, that something was made of. */
  readonly rendered: number;
  readonly failed: number;
  readonly slowest: { readonly ms: number; readonly name: string };
  readonly violations: readonly Violation[];
}

const mostMs = 10_000;
/** A machine under load may take a moment to see that the time is up. */
const allowanceMs = 1500;
/** Of so many mutants one is pushed past the inspector, with the facts of the whole file it comes from. */
const pushedPast = 8;

interface Malformed {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Null: only what the inspector accepts goes on. */
  readonly lie: AssetFacts | null;
}

function mutantOf(
  fixtures: readonly { fixture: MediaFixture; bytes: Buffer }[],
  seed: number,
  number: number,
): Malformed {
  const random = seededRandom(seed * 1_000_003 + number);
  // Every format and every damage in turn, so that a short run has all of them.
  const { fixture, bytes } = fixtures[number % fixtures.length] ?? random.pick(fixtures);
  const mutation: Mutation =
    mutations[Math.floor(number / fixtures.length) % mutations.length] ?? 'byte flips';
  return {
    name: `${fixture.fileName}, ${mutation}`,
    fileName: fixture.fileName,
    bytes: mutate(bytes, mutation, { random, other: random.pick(fixtures).bytes }),
    lie: random.below(pushedPast) === 0 ? fixture.facts : null,
  };
}

/** Puts damaged and hostile files through inspector and renderer, and notes what must not happen. Never rejects for a file. */
export async function runMalformed(run: MalformedRun): Promise<MalformedReport> {
  const { inspector, renderer, folder, bait, seed, count, concurrency, only } = run;
  const made = await makeFixtures(path.join(folder, 'whole'));
  const fixtures = await Promise.all(
    made.map(async (fixture) => ({ fixture, bytes: await readFile(fixture.path) })),
  );
  const traps = makeTraps(bait);
  const secret = await readFile(bait.siblingPath);
  const files = path.join(folder, 'malformed');
  await mkdir(files, { recursive: true });
  const violations: Violation[] = [];
  const tally = { refused: 0, accepted: 0, rendered: 0, failed: 0 };
  let slowest = { ms: 0, name: 'none' };

  async function factsOf(
    file: Malformed,
    place: string,
    note: (what: string) => void,
  ): Promise<AssetFacts | null> {
    try {
      const size = file.bytes.length;
      const { mimeType: _mimeType, ...facts } = await inspector.inspect({
        path: place,
        size,
        fileName: file.fileName,
      });
      tally.accepted += 1;
      return facts;
    } catch (error) {
      const isRefusal =
        error instanceof AppError &&
        (error.code === 'unreadable_media' || error.code === 'unsupported_format');
      if (!isRefusal) note(`the inspector failed with ${String(error)}`);
      tally.refused += 1;
      return file.lie;
    }
  }

  async function renderAll(facts: AssetFacts, file: Malformed, place: string, note: (what: string) => void) {
    for (const stage of renditionStages) {
      const begin = performance.now();
      try {
        const source = { path: place, size: file.bytes.length, facts };
        for await (const outcome of renderer.render(source, { stage, posterMs: null, urgent: false })) {
          if (outcome.state === 'failed') tally.failed += 1;
          else {
            tally.rendered += 1;
            if (secret.length > 0 && Buffer.from(outcome.bytes).includes(secret))
              note("a neighbour's words came out");
          }
        }
      } catch (error) {
        note(`the renderer failed with ${String(error)}`);
      }
      const ms = performance.now() - begin;
      if (ms > slowest.ms) slowest = { ms, name: file.name };
      // Word files are opened in LibreOffice, whose start alone may take that long.
      const most = facts.format === 'doc' || facts.format === 'docx' ? 3 * mostMs : mostMs;
      if (ms > most + allowanceMs) note(`${stage} took ${Math.round(ms)} ms`);
    }
  }

  async function one(number: number): Promise<void> {
    const trap = traps[number];
    const file: Malformed = trap ? { ...trap, lie: trap.facts } : mutantOf(fixtures, seed, number);
    const place = path.join(files, `${number}-${file.fileName}`);
    const before = violations.length;
    const note = (what: string) => violations.push({ number, name: file.name, what });
    if (file.bytes.length === 0) return;
    await writeFile(place, file.bytes);
    const facts = await factsOf(file, place, note);
    if (facts) await renderAll(facts, file, place, note);
    if (!(await readFile(place)).equals(file.bytes)) note('the original was changed');
    if (violations.length === before) await rm(place);
  }

  const numbers = only === undefined ? Array.from({ length: count }, (_, index) => index) : [only];
  const rest = numbers.values();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const number of rest) await one(number);
    }),
  );
  return { ...tally, slowest, violations };
}
