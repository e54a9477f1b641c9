import { Readable } from 'node:stream';
import { createDiskStaging } from '../src/disk-staging.ts';

/** Receives without an end into the directory that is its argument, to be killed in the middle. */
const [, , directory] = process.argv;
if (!directory) throw new Error('The directory is missing.');
const staging = await createDiskStaging({ directory, minFreeBytes: 0 });
const piece = Buffer.alloc(65_536, 1);
const source = new Readable({
  read() {
    setTimeout(() => this.push(piece), 1);
  },
});
await staging.receive(source, { maxBytes: Number.MAX_SAFE_INTEGER });
