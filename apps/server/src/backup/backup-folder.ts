import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@vitrine/core';
import { lockFile } from '@vitrine/db';
import { syncPath } from './described-file.ts';

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

/** As `backupName` writes a moment. */
const named = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z$/;

export const backupName = (moment: string): string => moment.replaceAll(':', '-');

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The names of the whole ones, the newest first: they are named by their moment. What was put there under another name is none. */
export function backupsIn({ backups }: BackupFolder): string[] {
  return namesIn(backups)
    .filter((name) => named.test(name) && existsSync(path.join(backups, name, fileNames.manifest)))
    .sort()
    .reverse();
}

/** Removes what killed backups left. Answers whether there was any. For the process that has the lock. */
export function removeUnfinished({ backups }: BackupFolder): boolean {
  const left = namesIn(backups).filter((name) => name.endsWith(unfinished));
  for (const name of left) rmSync(path.join(backups, name), { recursive: true, force: true });
  return left.length > 0;
}

/** Makes the folder this process's until it is disposed. Fails with `in_use` while another one writes to it. */
export function lockFolder({ root, backups }: BackupFolder): Disposable {
  makeDurably(backups);
  const lock = lockFile(path.join(root, 'lock'));
  if (lock) return lock;
  throw new AppError('in_use', `Another backup writes to ${root}. Wait until it is done.`);
}

/** Makes a folder and those above it, such that their names survive a power cut. */
function makeDurably(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let at = folder; at.length >= first.length; at = path.dirname(at)) syncPath(path.dirname(at));
}
