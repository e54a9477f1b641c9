import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Starts a program of this folder in a process of its own, from source. */
export function runProgram(name: string, ...parameters: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL(name, import.meta.url));
  return spawn(process.execPath, ['--conditions=@vitrine/source', program, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
