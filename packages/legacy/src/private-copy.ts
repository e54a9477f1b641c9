import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

/** What SQLite keeps beside a database whose last writer did not finish, or that is in its write-ahead mode. */
const companions = ['-wal', '-journal'];

/** SQLite's header says in two bytes whether the file is in write-ahead mode. */
function isWriteAhead(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const header = Buffer.alloc(20);
    return readSync(descriptor, header, 0, 20, 0) === 20 && (header[18] === 2 || header[19] === 2);
  } finally {
    closeSync(descriptor);
  }
}

const holdsSomething = (file: string) => existsSync(file) && statSync(file).size > 0;

/**
 * Where the database can be read without anything being written beside it. SQLite would write to one in write-ahead mode, and has to put one
 * right whose journal was left behind: those are read from a copy, which goes with `dispose`.
 */
export function readableCopy(
  file: string,
  workFolder: string,
): { file: string; isCopy: boolean } & Disposable {
  const left = companions.filter((suffix) => holdsSomething(`${file}${suffix}`));
  if (left.length === 0 && !isWriteAhead(file)) return { file, isCopy: false, [Symbol.dispose]() {} };
  const folder = mkdtempSync(path.join(workFolder, 'legacy-'));
  const copy = path.join(folder, 'copy.sqlite');
  try {
    copyFileSync(file, copy);
    for (const suffix of left) copyFileSync(`${file}${suffix}`, `${copy}${suffix}`);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    file: copy,
    isCopy: true,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
