import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a program of the system and answers what it printed; rejects with its own words. */
export async function runCommand(program: string, ...args: readonly string[]): Promise<string> {
  return (await run(program, args)).stdout.trim();
}
