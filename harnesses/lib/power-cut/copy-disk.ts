import { readFile } from 'node:fs/promises';
import { runCommand } from './run-command.ts';

const mostTries = 50;

/** Changes with every write that reaches the device: how many are done, and how many are under way. */
async function writesTo(device: string): Promise<{ readonly done: string; readonly underWay: boolean }> {
  const fields = (await readFile(`/sys/block/${device}/stat`, 'utf8')).trim().split(/\s+/);
  return { done: `${fields[4]} ${fields[6]}`, underWay: fields[8] !== '0' };
}

/**
 * Copies what has reached the device, at one moment, as a power cut leaves it: what only lies in the kernel's memory is not in it. A
 * copy during which the kernel wrote something by itself is of no one moment, and is made again.
 */
export async function copyDisk(file: string, device: string, to: string): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await writesTo(device);
    if (before.underWay) continue;
    await runCommand('cp', '--sparse=always', file, to);
    const after = await writesTo(device);
    if (!after.underWay && after.done === before.done) return;
  }
  throw new Error(`${device} is written to all the time; no copy of one moment could be made.`);
}
