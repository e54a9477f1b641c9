import { randomBytes } from 'node:crypto';
import { wavChunks } from '../../apps/server/test/wav-stream.ts';

/** A valid WAV with noise in it that no other has. */
export function uniqueWav(bytes: number): Buffer {
  return Buffer.concat([...wavChunks(bytes, randomBytes(bytes))]);
}
