import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@vitrine/core';
import type { BackupFolder } from './backup-folder.ts';

/** Where a place is, whatever links lead there, also when its end is not there yet. */
function real(place: string): string {
  if (existsSync(place)) return realpathSync(place);
  const above = path.dirname(place);
  return above === place ? place : path.join(real(above), path.basename(place));
}

function isWithin(place: string, folder: string): boolean {
  const way = path.relative(folder, place);
  return way === '' || (!way.startsWith(`..${path.sep}`) && way !== '..' && !path.isAbsolute(way));
}

/**
 * Fails with `invalid_input` when backups would be written into the library's own folder, or the library lies in theirs: both have folders of
 * the same names, and what one sweeps is the other's.
 */
export function assertApart(
  { root, blobs, quarantine, staging, backups }: BackupFolder,
  dataDir: string,
): void {
  const data = real(path.resolve(dataDir));
  const isOwn = isWithin(real(root), data);
  const isInside = [blobs, quarantine, staging, backups].some((folder) => isWithin(data, real(folder)));
  if (!isOwn && !isInside) return;
  throw new AppError(
    'invalid_input',
    `${root} and the data folder ${data} lie in each other. Choose a folder for backups outside of it, on another disk if there is one.`,
  );
}
