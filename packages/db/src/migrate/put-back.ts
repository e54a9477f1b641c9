import { closeSync, copyFileSync, existsSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { nameDurably, ownerOnly, syncFile } from './durable-file.ts';
import { isDamage } from './sqlite-soundness.ts';

const companions = ['-wal', '-shm'];
const allPages = 0x7f_ff_ff_ff;

/** One SQLite transaction in the file itself: readers see all of the one or all of the other, and so does whoever comes after a kill. */
async function overwrite(file: string, snapshot: string): Promise<void> {
  const source = new Sqlite(snapshot, { readonly: true, fileMustExist: true });
  try {
    await source.backup(file, { progress: () => allPages });
  } finally {
    source.close();
  }
}

/** For a file that SQLite no longer takes for one of its own: its name is given to a copy. Nobody can have it open. */
function exchange(file: string, snapshot: string): void {
  const copy = `${file}.restoring`;
  copyFileSync(snapshot, copy);
  // Before the name changes hands: SQLite would play the old log into the new file.
  for (const companion of companions) rmSync(`${file}${companion}`, { force: true });
  syncFile(path.dirname(file), 'r');
  nameDurably(copy, file);
}

/**
 * Makes a database what its snapshot is. What it was is kept as it is, damaged or not, under the name that is answered; the
 * snapshot stays where it is.
 */
export async function putBack(file: string, snapshot: string): Promise<string> {
  const aside = `${file}.set-aside-${Date.now()}`;
  for (const companion of ['', ...companions]) {
    if (!existsSync(file + companion)) continue;
    copyFileSync(file + companion, aside + companion);
    syncFile(aside + companion, 'r');
  }
  syncFile(path.dirname(file), 'r');
  // SQLite would make a missing file readable by everybody.
  if (!existsSync(file)) closeSync(openSync(file, 'a', ownerOnly));
  try {
    await overwrite(file, snapshot);
  } catch (error) {
    if (!isDamage(error)) throw error;
    exchange(file, snapshot);
  }
  return aside;
}
