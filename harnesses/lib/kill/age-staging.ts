import { readdir, utimes } from 'node:fs/promises';
import path from 'node:path';

/** What a whole upload is received into; the files of uploads in pieces have another ending. */
export const stagingFile = /^[0-9a-f-]{36}\.part$/;
const longAgo = new Date('2020-01-01');

/** Makes what the dead process was receiving look old, so that the next start has to sweep it. */
export async function ageStaging(folder: string): Promise<void> {
  const staging = path.join(folder, 'staging');
  for (const name of await readdir(staging)) {
    if (stagingFile.test(name)) await utimes(path.join(staging, name), longAgo, longAgo);
  }
}
