import type { BlobTotals } from '@vitrine/core';
import { InvalidArgumentError } from 'commander';

const progressMs = 2000;

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The argument of an option for how many bytes a second are read. */
export function bytesPerSecond(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number of bytes; 0 means as fast as it goes.');
}

/** Says how far it is, every two seconds at most. */
export function tellProgress(say: (text: string) => void): (done: BlobTotals, of: BlobTotals) => void {
  let last = Date.now();
  return (done, of) => {
    if (Date.now() - last < progressMs) return;
    last = Date.now();
    say(`${done.blobs} of ${of.blobs} files, ${megabytes(done.bytes)} of ${megabytes(of.bytes)}`);
  };
}
