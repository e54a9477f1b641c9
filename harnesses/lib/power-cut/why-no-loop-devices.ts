import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeDisk, mountDisk } from './loop-disk.ts';
import { memoryFolder } from './memory-folder.ts';

/** Why a disk in a file cannot be mounted here, in one line; null where it can. */
export async function whyNoLoopDevices(): Promise<string | null> {
  if (process.platform !== 'linux') return `needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'needs root, to mount a disk in a file';
  try {
    await using memory = await memoryFolder(256);
    const file = path.join(memory.path, 'try');
    await makeDisk(file);
    const disk = await mountDisk(file);
    await disk[Symbol.asyncDispose]();
    await rm(file);
    return null;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return `no disk in a file can be mounted here: ${words.trim().split('\n').at(-1)}`;
  }
}
