import { AppError } from '../app-error.ts';
import type { BlobDamage } from '../uploads/blob-repository.ts';

/** Bytes that are known to be wrong or gone are never given out as good. Fails with `damaged`. */
export function assertWhole(damage: BlobDamage | null, what = 'this file'): void {
  if (damage === null) return;
  throw new AppError(
    'damaged',
    `The stored bytes of ${what} are damaged or gone, so they are not given out. Upload the same file again, or restore it from a backup.`,
  );
}
