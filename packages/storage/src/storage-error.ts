import { AppError } from '@vitrine/core';
import { errorCode } from './error-code.ts';

const noRoom: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

export function storageFull(cause?: unknown): AppError {
  return new AppError(
    'storage_full',
    'The server has no room left for this file. Nothing of it was kept; try again when space has been made.',
    { cause },
  );
}

/** A full disk or quota becomes `storage_full`; every other error stays what it is. */
export function storageError(error: unknown): unknown {
  return noRoom.has(errorCode(error)) ? storageFull(error) : error;
}
