import { type Sha256, sha256Schema } from '@vitrine/schema';

/** The type promises the shape, but a hash becomes a path or a key here, so the value is checked too. */
export function assertSha256(value: Sha256): void {
  if (!sha256Schema.safeParse(value).success) {
    throw new TypeError('A blob is named by 64 lower-case hexadecimal digits, and this is something else.');
  }
}
