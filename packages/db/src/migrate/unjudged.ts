import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nameDurably, ownerOnly, syncFile } from './durable-file.ts';

/**
 * A note beside the database from before its migration until what was committed has been found sound. Whoever finds it at a start
 * knows that the process which wrote it ended in between, and judges in its place.
 */
export interface Unjudged {
  /** The file's name, in the folder of the database; null when there were no rows to keep. */
  readonly snapshot: string | null;
  /** `createdAt` of the first migration that the snapshot lacks, by which to tell whether they were committed. */
  readonly firstAt: number;
}

const noteOf = (file: string) => `${file}.migrating`;

export function noteUnjudged(file: string, unjudged: Unjudged): void {
  const note = noteOf(file);
  writeFileSync(`${note}.part`, JSON.stringify(unjudged), { mode: ownerOnly });
  nameDurably(`${note}.part`, note);
}

/** The note that another process left, or null. */
export function unjudgedOf(file: string): Unjudged | null {
  const note = noteOf(file);
  if (!existsSync(note)) return null;
  const unjudged: Unjudged = JSON.parse(readFileSync(note, 'utf8'));
  return unjudged;
}

export function forgetUnjudged(file: string): void {
  rmSync(noteOf(file), { force: true });
  syncFile(path.dirname(file), 'r');
}
