import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@vitrine/core';

/** The places in a folder of backups. All of them share their blobs. */
export interface BackupFolder {
  readonly root: string;
  readonly blobs: string;
  readonly quarantine: string;
  readonly staging: string;
  readonly backups: string;
}

export const fileNames = {
  manifest: 'manifest.json',
  list: 'files.txt',
  secret: 'secret',
} as const;

/** The end of the name of one that is not whole. */
export const unfinished = '.part';

export function backupFolder(root: string): BackupFolder {
  const at = (name: string) => path.join(path.resolve(root), name);
  return {
    root: path.resolve(root),
    blobs: at('blobs'),
    quarantine: at('quarantine'),
    staging: at('staging'),
    backups: at('backups'),
  };
}

/** The names of the whole ones, the newest first: they are named by their moment. */
export function backupsIn({ backups }: BackupFolder): string[] {
  try {
    return readdirSync(backups)
      .filter((name) => !name.endsWith(unfinished))
      .sort()
      .reverse();
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Makes the folder this process's until it is disposed. Fails with `in_use` while another one writes to it. */
export function lockFolder({ root, backups }: BackupFolder): Disposable {
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  const file = path.join(root, 'lock');
  for (let tries = 0; ; tries += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const pid = Number(readFileSync(file, 'utf8'));
      if (tries > 0 || (Number.isInteger(pid) && isRunning(pid))) {
        throw new AppError(
          'in_use',
          `Another backup (process ${pid}) writes to ${root}. Wait until it is done.`,
        );
      }
      // Of a process that died.
      rmSync(file, { force: true });
    }
  }
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}
