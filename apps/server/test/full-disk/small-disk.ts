import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmdirSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system of its own, small enough to fill. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  freeBytes(): number;
  /** Writes until nothing more fits, not even a byte. */
  fill(): void;
  /** Takes away what `fill` wrote. */
  empty(): void;
}

/** Mounts one in memory. Where that is not allowed, it answers why, in the words of `mount`. */
export function mountSmallDisk(megabytes: number): SmallDisk | string {
  const place = mkdtempSync(path.join(tmpdir(), 'vitrine-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', place], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    rmdirSync(place);
    return error instanceof Error ? (error.message.split('\n').at(1) ?? error.message) : String(error);
  }
  mkdirSync(path.join(place, 'data'), { mode: 0o700 });
  const filler = path.join(place, 'filler');
  return {
    path: path.join(place, 'data'),
    freeBytes() {
      const { bavail, bsize } = statfsSync(place);
      return bavail * bsize;
    },
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (let size = 1024 * 1024; size >= 1; ) {
          try {
            writeSync(file, randomFillSync(Buffer.alloc(size)));
          } catch {
            size = Math.floor(size / 2);
          }
        }
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    [Symbol.dispose]() {
      execFileSync('umount', ['--lazy', place]);
      rmdirSync(place);
    },
  };
}
