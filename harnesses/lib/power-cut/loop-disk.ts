import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './run-command.ts';

const diskBytes = 192 * 1024 * 1024;

/** A file with an empty ext4 in it. */
export async function makeDisk(file: string): Promise<void> {
  const handle = await open(file, 'wx');
  await handle.truncate(diskBytes);
  await handle.close();
  await runCommand('mkfs.ext4', '-q', '-F', '-m', '0', '-E', 'lazy_itable_init=0,lazy_journal_init=0', file);
}

/** A disk that is mounted. */
export interface LoopDisk extends AsyncDisposable {
  /** Where its files are. */
  readonly folder: string;
  /** Its device's name, as /sys/block knows it. */
  readonly device: string;
}

/** Mounts a disk's file beside it, which replays its journal first, as after a power cut. */
export async function mountDisk(file: string): Promise<LoopDisk> {
  const folder = `${file}-mounted`;
  await mkdir(folder, { recursive: true });
  await runCommand('mount', '-t', 'ext4', '-o', 'loop,noatime', file, folder);
  const device = path.basename(await runCommand('findmnt', '-n', '-o', 'SOURCE', folder));
  return {
    folder,
    device,
    async [Symbol.asyncDispose]() {
      await runCommand('umount', folder);
    },
  };
}
