import { type ChildProcess, spawn } from 'node:child_process';
import { AppError } from '@vitrine/core';
import { folderSize } from './folder-size.ts';

/** How a program ended. */
export type ToolOutcome =
  | { readonly kind: 'exited'; readonly code: number; readonly complaint: string }
  /** By a signal: a crash, or a limit of memory, processor time or bytes written. */
  | { readonly kind: 'killed'; readonly complaint: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'missing'; readonly command: string };

export interface ProgramStart {
  /** The program's name, however it is wrapped. */
  readonly command: string;
  readonly argv: readonly [string, ...string[]];
  /** Where programs are looked for. */
  readonly searchPath: string;
  /** It starts there and has its home there. */
  readonly folder: string;
  /** Milliseconds on the clock. */
  readonly wallMs: number;
  /** Kills it. */
  readonly signal: AbortSignal;
  /** What it prints; after this returned false, it is killed. */
  readonly onOutput?: ((chunk: Buffer) => boolean) | undefined;
}

/** Bytes of everything in its folder. */
const mostInFolder = 256 * 1024 * 1024;
const measuredEachMs = 250;
const longestComplaint = 4000;
/** How long a program that has ended may keep its output open through others that it started. */
const lastWordsMs = 500;

/** Kills a program with everything of its group, which may outlive it. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

/** Kills a program that fills its folder: the limit of one file's size is not one of all files'. */
function watchFolder(folder: string, kill: () => void): NodeJS.Timeout {
  let measuring = false;
  return setInterval(async () => {
    if (measuring) return;
    measuring = true;
    if ((await folderSize(folder)) > mostInFolder) kill();
    measuring = false;
  }, measuredEachMs);
}

function outcomeOf(command: string, code: number | null, complaint: string): ToolOutcome {
  // 126 and 127 come from the launchers: the program could not be executed. From 129 on it is a signal's.
  if (code === 126 || code === 127) return { kind: 'missing', command };
  if (code === null || code > 128) return { kind: 'killed', complaint };
  return { kind: 'exited', code, complaint };
}

/** Runs a program to its end, whatever it does. Rejects with AppError `unavailable` when the system can start none. */
export function runProgram(start: ProgramStart): Promise<ToolOutcome> {
  const { command, argv, searchPath, folder, wallMs, signal, onOutput } = start;
  const [launcher, ...args] = argv;
  return new Promise<ToolOutcome>((resolve, reject) => {
    const child = spawn(launcher, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', onOutput ? 'pipe' : 'ignore', 'pipe'],
      env: { PATH: searchPath, HOME: folder, TMPDIR: folder, LC_ALL: 'C.UTF-8' },
    });
    let complaint = '';
    let late = false;
    const kill = () => killGroup(child);
    const clock = setTimeout(() => {
      late = true;
      kill();
    }, wallMs);
    const watch = watchFolder(folder, kill);
    signal.addEventListener('abort', kill, { once: true });
    const release = () => {
      clearTimeout(clock);
      clearInterval(watch);
      signal.removeEventListener('abort', kill);
    };
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('latin1').slice(0, longestComplaint - complaint.length);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      if (!onOutput?.(chunk)) kill();
    });
    child.once('error', (cause: NodeJS.ErrnoException) => {
      release();
      if (cause.code === 'ENOENT') resolve({ kind: 'missing', command });
      else reject(new AppError('unavailable', `${command} cannot be started. Try again later.`, { cause }));
    });
    child.once('exit', () => {
      // What it left running behind its back.
      kill();
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, lastWordsMs).unref();
    });
    child.once('close', (code) => {
      release();
      resolve(late ? { kind: 'timeout' } : outcomeOf(command, code, complaint));
    });
    if (signal.aborted) kill();
  });
}
