import { closeSync, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@vitrine/core';
import Sqlite from 'better-sqlite3';
import { nameDurably, ownerOnly } from './durable-file.ts';

/** How many snapshots stay beside a database: the newest ones. */
const keptSnapshots = 3;

const unfinished = '.part';
const snapshotPattern = /\.before-(.+)-(\d+)$/;

/** What a database was before its migrations. */
export interface Snapshot {
  readonly file: string;
  /** The first migration that it lacks. */
  readonly before: string;
  /** When it was made, in milliseconds. */
  readonly at: number;
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['SQLITE_FULL', 'ENOSPC'].includes(String(error.code));
}

function noRoom(file: string, cause: unknown): AppError {
  return new AppError(
    'storage_full',
    `There is no room for a copy of '${file}' beside it, and it is not migrated without one. Nothing was changed. Make room for another file of its size and start again.`,
    { cause },
  );
}

/** Copies what is committed into a file beside it that only its owner may read. It has its name once it is complete and durable. */
export function copySqlite(file: string, copy: string): void {
  const part = `${copy}${unfinished}`;
  // Made first, so that it is never readable by others, not even while it is written; SQLite takes an empty file.
  closeSync(openSync(part, 'w', ownerOnly));
  try {
    const reader = new Sqlite(file, { readonly: true });
    try {
      reader.prepare('vacuum into ?').run(part);
    } finally {
      reader.close();
    }
    nameDurably(part, copy);
  } catch (error) {
    rmSync(part, { force: true });
    throw isFull(error) ? noRoom(file, error) : error;
  }
}

/** Copies a database before it is migrated; answers the copy's path. The caller holds the write lock, so the copy is what is migrated. */
export function takeSnapshot(file: string, before: string): string {
  // A process that was killed while it copied leaves a part, and nobody else copies now.
  for (const name of besides(file)) if (name.endsWith(unfinished)) rmSync(name, { force: true });
  const copy = `${file}.before-${before}-${Date.now()}`;
  copySqlite(file, copy);
  return copy;
}

function besides(file: string): string[] {
  const folder = path.dirname(file);
  if (!existsSync(folder)) return [];
  const prefix = `${path.basename(file)}.before-`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => path.join(folder, name));
}

/** The snapshots beside a database, the newest first. */
export function snapshotsOf(file: string): Snapshot[] {
  return besides(file)
    .flatMap((name): Snapshot[] => {
      const [, before, at] = snapshotPattern.exec(name.slice(file.length)) ?? [];
      return before === undefined ? [] : [{ file: name, before, at: Number(at) }];
    })
    .sort((one, other) => other.at - one.at);
}

/** Removes all snapshots but the newest ones, where they can be removed: one that stays costs room and nothing else. */
export function pruneSnapshots(file: string): void {
  for (const old of snapshotsOf(file).slice(keptSnapshots)) {
    try {
      rmSync(old.file, { force: true });
    } catch {
      // The next migration tries again.
    }
  }
}
