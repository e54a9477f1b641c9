import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { sha256Schema } from '@vitrine/schema';

/** A file as a manifest lists it. */
export async function describedFile(file: string) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  const sha256 = sha256Schema.parse(hash.digest('hex'));
  return { name: path.basename(file), size: statSync(file).size, sha256 };
}

/** Makes a file's bytes, or a folder's names, survive a power cut. */
export function syncPath(place: string): void {
  const descriptor = openSync(place, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
