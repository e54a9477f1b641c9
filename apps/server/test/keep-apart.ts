import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clientIdSchema, sha256Schema } from '@vitrine/schema';
import { v7 } from 'uuid';
import type { TestServer } from './start-server.ts';

/** Where the quarantine keeps bytes. */
export function keptPath({ dataDir }: TestServer, bytes: Buffer): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return path.join(dataDir, 'quarantine', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

interface Kept {
  readonly clientId: string;
  readonly bytes: Buffer;
  readonly fileName?: string;
  readonly reason?: string;
  /** Milliseconds. */
  readonly at?: number;
}

/** Puts a file into quarantine, as an import does, and answers its id. */
export async function keepApart(server: TestServer, kept: Kept): Promise<string> {
  const {
    bytes,
    fileName = 'kept.bin',
    reason = 'It is of no format that is known.',
    at = Date.now(),
  } = kept;
  const { database } = server.composition;
  const file = keptPath(server, bytes);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  const user = await database.read((readers) => readers.users.findByEmail(server.owner.email));
  if (!user) throw new Error('There is no owner.');
  const id = v7();
  const sha256 = sha256Schema.parse(path.basename(file));
  const clientId = clientIdSchema.parse(kept.clientId);
  const row = { id, clientId, userId: user.id, fileName, sha256, size: bytes.length, reason, at };
  await database.transaction((writers) => writers.quarantine.insert(row));
  return id;
}
