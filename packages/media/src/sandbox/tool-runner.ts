import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '@vitrine/core';
import type { Gate } from './gate.ts';
import { type ToolConfiner, type ToolLimits, toolConfiner } from './tool-confinement.ts';

/** How a program ended; nothing it does makes `run` reject. */
export type ToolOutcome =
  | { readonly kind: 'exited'; readonly code: number; readonly complaint: string }
  /** By a signal: a crash, or a limit of memory, processor time or file size. */
  | { readonly kind: 'killed'; readonly complaint: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'missing'; readonly command: string };

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
  run(run: ToolRun): Promise<ToolOutcome>;
  /** Where in the folder a file of this name lies or will lie. */
  file(name: string): string;
}

export interface SessionRequest {
  /** The original, which no program can write to. */
  readonly path: string;
  /** Programs go by it: `mp4`, `docx`. */
  readonly extension: string;
  readonly urgent: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Runs external programs on hostile files; see security rule 10. */
export interface ToolRunner {
  /**
   * Lends a private folder, which is gone afterwards. Rejects with what `work` rejects with, with the signal's reason, and with
   * AppError `unavailable` when the gate is full or the runner is closed.
   */
  withInput<T>(request: SessionRequest, work: (session: ToolSession) => Promise<T>): Promise<T>;
  /** Kills every program. */
  close(): Promise<void>;
}

export interface ToolRunnerOptions {
  readonly gate: Gate;
  /** Where private folders are made; default: in the system's temporary folder. */
  readonly scratch?: string | undefined;
  /** Folders that no program may see: what the server keeps. */
  readonly hidden?: readonly string[];
}

const defaultLimits: ToolLimits = {
  wallMs: 10_000,
  cpuSeconds: 20,
  memoryBytes: 1536 * 1024 * 1024,
  fileBytes: 64 * 1024 * 1024,
};
const longestComplaint = 4000;
const prefix = 'vitrine-tool-';
/** Older than any session. */
const abandonedMs = 3600_000;

/** Kills a program with everything it started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

async function sweep(scratch: string): Promise<void> {
  for (const name of await readdir(scratch)) {
    if (!name.startsWith(prefix)) continue;
    const folder = path.join(scratch, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > abandonedMs) await rm(folder, { recursive: true, force: true });
  }
}

export function createToolRunner({ gate, scratch = tmpdir(), hidden = [] }: ToolRunnerOptions): ToolRunner {
  const running = new Set<ChildProcess>();
  let closed = false;
  let confiner: Promise<ToolConfiner> | null = null;

  async function probed(): Promise<ToolConfiner> {
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    await sweep(scratch);
    const probe = await mkdtemp(path.join(scratch, prefix));
    try {
      const [folder, away] = [path.join(probe, 'folder'), path.join(probe, 'hidden')];
      await mkdir(folder);
      await mkdir(away);
      const source = path.join(probe, 'probe');
      await writeFile(source, '');
      return await toolConfiner({ folder, source, hidden: away });
    } finally {
      await rm(probe, { recursive: true, force: true });
    }
  }

  interface Start extends ToolRun {
    readonly argv: readonly [string, ...string[]];
    readonly folder: string;
    readonly wallMs: number;
    readonly signal: AbortSignal | undefined;
  }

  function start({ argv, folder, command: missing, onOutput, wallMs, signal }: Start): Promise<ToolOutcome> {
    return new Promise<ToolOutcome>((resolve) => {
      const [command, ...args] = argv;
      const child = spawn(command, args, {
        cwd: folder,
        detached: true,
        stdio: ['ignore', onOutput ? 'pipe' : 'ignore', 'pipe'],
        env: {
          PATH: process.env['PATH'] ?? '/usr/bin:/bin',
          HOME: folder,
          TMPDIR: folder,
          LC_ALL: 'C.UTF-8',
        },
      });
      running.add(child);
      let complaint = '';
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        killGroup(child);
      }, wallMs);
      const stop = () => killGroup(child);
      signal?.addEventListener('abort', stop, { once: true });
      const end = (outcome: ToolOutcome) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        running.delete(child);
        resolve(outcome);
      };
      child.stderr?.on('data', (chunk: Buffer) => {
        if (complaint.length < longestComplaint)
          complaint += chunk.toString('latin1').slice(0, longestComplaint);
      });
      child.stdout?.on('data', (chunk: Buffer) => {
        if (onOutput && !onOutput(chunk)) killGroup(child);
      });
      child.once('error', () => end({ kind: 'missing', command: missing }));
      child.once('close', (code) => {
        // What it left running behind its back.
        if (child.pid !== undefined) {
          try {
            process.kill(-child.pid, 'SIGKILL');
          } catch {
            // Nothing was left.
          }
        }
        if (late) end({ kind: 'timeout' });
        // 126 and 127 come from the launchers: the program could not be executed.
        else if (code === 127 || code === 126) end({ kind: 'missing', command: missing });
        else if (code === null || code > 128) end({ kind: 'killed', complaint });
        else end({ kind: 'exited', code, complaint });
      });
    });
  }

  async function session<T>(
    { path: source, extension, signal }: SessionRequest,
    work: (session: ToolSession) => Promise<T>,
  ): Promise<T> {
    confiner ??= probed();
    const { kind, wrap } = await confiner;
    const folder = await mkdtemp(path.join(scratch, prefix));
    try {
      const inputName = `input.${extension}`;
      const input = path.join(folder, inputName);
      if (kind !== 'namespace') {
        await copyFile(source, input, constants.COPYFILE_FICLONE);
      }
      return await work({
        folder,
        input,
        file: (name) => path.join(folder, name),
        async run(run) {
          signal?.throwIfAborted();
          if (closed) throw new AppError('unavailable', 'The server is shutting down. Try again later.');
          const limits = { ...defaultLimits, ...run.limits };
          const { command, args } = run;
          const argv = wrap({ folder, inputName, source, hidden, limits, command, args });
          const outcome = await start({ ...run, argv, folder, wallMs: limits.wallMs, signal });
          signal?.throwIfAborted();
          if (closed) throw new AppError('unavailable', 'The server is shutting down. Try again later.');
          return outcome;
        },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    withInput: (request, work) => gate.pass(request, () => session(request, work)),
    async close() {
      closed = true;
      for (const child of running) killGroup(child);
    },
  };
}
