import { constants } from 'node:fs';
import { lstat, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '@vitrine/core';
import type { Gate } from './gate.ts';
import { openScratch } from './open-scratch.ts';
import { runProgram, type ToolOutcome } from './run-program.ts';
import { systemPath } from './search-path.ts';
import {
  type ToolConfinement,
  type ToolConfiner,
  type ToolLimits,
  toolConfiner,
  unprepared,
} from './tool-confinement.ts';

export interface ToolRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly limits?: Partial<ToolLimits>;
  /** What it prints; after this returned false, it is killed. */
  readonly onOutput?: (chunk: Buffer) => boolean;
}

/** A private folder with one input, in which programs run one after the other. */
export interface ToolSession {
  readonly folder: string;
  /** The input as the programs see it. */
  readonly input: string;
  /** Milliseconds that are left for the session's programs; from 0 on each ends with `timeout` at once. */
  remainingMs(): number;
  /** Rejects only when no program can be started at all, the server stops or the session's signal is raised. */
  run(run: ToolRun): Promise<ToolOutcome>;
  /** Where in the folder a file of this name lies or will lie, for a program. */
  file(name: string): string;
  /**
   * The same for who opens what a program made: null unless it is a plain file that is not empty. A program that was taken over could
   * have left a link to somebody else's file.
   */
  made(name: string): Promise<string | null>;
  /** The bytes of a plain file that a program made; null when there is none, or none of at most so many bytes. */
  read(name: string, mostBytes: number): Promise<Buffer | null>;
}

interface SessionRequest {
  /** The original, which no program can write to. */
  readonly path: string;
  /** Programs go by it: `mp4`, `docx`. */
  readonly extension: string;
  readonly urgent: boolean;
  readonly signal?: AbortSignal | undefined;
  /** How long all programs of the session may take together. Default 10,000. */
  readonly wallMs?: number;
}

/** Runs external programs on hostile files; see security rule 10. */
export interface ToolRunner {
  /**
   * Lends a private folder, which is gone afterwards. Rejects with what `work` rejects with, with the signal's reason, and with
   * AppError `unavailable` when the gate is full or the runner is closed.
   */
  withInput<T>(request: SessionRequest, work: (session: ToolSession) => Promise<T>): Promise<T>;
  /** How programs are confined on this machine. */
  confinement(): Promise<ToolConfinement>;
  /** Kills every program, and resolves when nothing of them is left. */
  close(): Promise<void>;
}

export interface ToolRunnerOptions {
  readonly gate: Gate;
  /** Where private folders are made; default: in the system's temporary folder. */
  readonly scratch?: string | undefined;
  /** Folders that no program may see: what the server keeps. */
  readonly hidden?: readonly string[] | undefined;
  /** Where programs are looked for, as in PATH; default: the system's folders. */
  readonly searchPath?: string | undefined;
}

const defaultLimits: ToolLimits = {
  wallMs: 10_000,
  cpuSeconds: 20,
  memoryBytes: 1536 * 1024 * 1024,
  fileBytes: 64 * 1024 * 1024,
};
const defaultSessionMs = 10_000;

/** Where programs run, made when the first one is to be run. */
interface Place {
  readonly base: string;
  readonly confiner: ToolConfiner;
}

async function readMade(file: string, mostBytes: number): Promise<Buffer | null> {
  // A pipe would make this wait for ever.
  await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = await handle.stat();
  return found.isFile() && found.size <= mostBytes ? await handle.readFile() : null;
}

export function createToolRunner(options: ToolRunnerOptions): ToolRunner {
  const { gate, scratch = tmpdir(), hidden = [], searchPath = systemPath } = options;
  const stop = new AbortController();
  const sessions = new Set<Promise<unknown>>();
  let place: Promise<Place> | null = null;

  async function openPlace(): Promise<Place> {
    const base = await openScratch(scratch);
    return { base, confiner: await toolConfiner({ base, scratch, hidden, searchPath }) };
  }

  function thePlace(): Promise<Place> {
    if (place) return place;
    const opened = openPlace();
    place = opened;
    // What failed once may work again.
    opened.catch(() => {
      if (place === opened) place = null;
    });
    return opened;
  }

  async function inSession<T>(
    { path: source, extension, signal, wallMs = defaultSessionMs }: SessionRequest,
    work: (session: ToolSession) => Promise<T>,
  ): Promise<T> {
    stop.signal.throwIfAborted();
    const { base, confiner } = await thePlace();
    const own = await mkdtemp(path.join(base, 'session-'));
    try {
      const folder = path.join(own, 'work');
      await mkdir(folder);
      const file = (name: string) => path.join(folder, name);
      const input = file(`input.${extension}`);
      const wrap = await confiner.prepare({ folder, input, source, table: path.join(own, 'mounts') });
      const stopped = AbortSignal.any(signal ? [signal, stop.signal] : [stop.signal]);
      const deadline = performance.now() + wallMs;
      const remainingMs = () => Math.max(0, deadline - performance.now());
      return await work({
        folder,
        input,
        file,
        remainingMs,
        async run({ command, args, onOutput, ...run }) {
          stopped.throwIfAborted();
          const limits = { ...defaultLimits, ...run.limits };
          const most = Math.min(limits.wallMs, remainingMs());
          if (most === 0) return { kind: 'timeout' };
          const argv = wrap({ folder, limits, command, args });
          const outcome = await runProgram({
            command,
            argv,
            searchPath,
            folder,
            wallMs: most,
            signal: stopped,
            onOutput,
          });
          stopped.throwIfAborted();
          if (confiner.kind === 'namespace' && outcome.kind === 'exited' && outcome.code === unprepared) {
            place = null;
            const detail = 'The place for a media program cannot be made. Try again later.';
            throw new AppError('unavailable', detail, { cause: outcome.complaint });
          }
          return outcome;
        },
        async made(name) {
          const found = await lstat(file(name)).catch(() => null);
          return found?.isFile() && found.size > 0 ? file(name) : null;
        },
        read: (name, mostBytes) => readMade(file(name), mostBytes).catch(() => null),
      });
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  }

  return {
    withInput: (request, work) =>
      gate.pass(request, async () => {
        const session = inSession(request, work);
        sessions.add(session);
        return session.finally(() => sessions.delete(session));
      }),
    confinement: async () => (await thePlace()).confiner.kind,
    async close() {
      stop.abort(new AppError('unavailable', 'The server is shutting down. Try again later.'));
      await Promise.allSettled(sessions);
      const opened = await place?.catch(() => null);
      if (opened) await rm(opened.base, { recursive: true, force: true });
    },
  };
}
