import { createHash } from 'node:crypto';
import { type Sha256, sha256Schema } from '@vitrine/schema';
import { canonicalJson } from '../canonical-json.ts';

/** What makes two requests the same: the operation and everything that it is given. */
export function fingerprintOf(operation: string, input: unknown): Sha256 {
  return sha256Schema.parse(
    createHash('sha256').update(`${operation}\n`).update(canonicalJson(input)).digest('hex'),
  );
}
