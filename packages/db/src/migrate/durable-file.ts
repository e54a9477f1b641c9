import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';

/** A file's mode when it holds people's data. */
export const ownerOnly = 0o600;

/** Fails unless the file's bytes, or a folder's names, have reached the disk. */
export function syncFile(file: string, mode: 'r' | 'r+'): void {
  const descriptor = openSync(file, mode);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a file that is written in full its name, in the same folder: whole or not at all, also across a power cut. */
export function nameDurably(from: string, to: string): void {
  syncFile(from, 'r+');
  renameSync(from, to);
  syncFile(path.dirname(to), 'r');
}
