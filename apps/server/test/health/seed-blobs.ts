import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fold } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';

export interface SeededBlob {
  readonly assetId: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

interface SeedOptions {
  readonly dataDir: string;
  readonly store: 'disk' | 'database';
  readonly clientId: string;
  readonly userId: string;
  readonly count: number;
  /** Only the bytes, without rows. */
  readonly strays?: boolean;
  /** Makes the bytes of two calls differ. */
  readonly salt: string;
}

/** Bulk in one transaction of one file: some thousand small texts, which would take the product minutes to receive. */
export function seedBlobs(options: SeedOptions): readonly SeededBlob[] {
  const blobs = Array.from({ length: options.count }, (_, index) => {
    const bytes = Buffer.from(`${options.salt} ${index}: ${'words '.repeat((index % 40) + 1)}\n`);
    return { assetId: randomUUID(), sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  });
  if (options.store === 'disk') writeFiles(options.dataDir, blobs);
  else writeChunks(options.dataDir, blobs);
  if (!options.strays) writeRows(options, blobs);
  return blobs;
}

function writeFiles(dataDir: string, blobs: readonly SeededBlob[]): void {
  for (const { sha256, bytes } of blobs) {
    const folder = path.join(dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4));
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, sha256), bytes);
  }
}

function writeChunks(dataDir: string, blobs: readonly SeededBlob[]): void {
  const database = new Sqlite(path.join(dataDir, 'blobs.sqlite'), { timeout: 10_000 });
  const blob = database.prepare('insert into blob (sha256, size) values (?, ?)');
  const chunk = database.prepare('insert into chunk (blob_id, position, data) values (?, 0, ?)');
  database.transaction(() => {
    for (const { sha256, bytes } of blobs) chunk.run(blob.run(sha256, bytes.length).lastInsertRowid, bytes);
  })();
  database.close();
}

function writeRows(options: SeedOptions, blobs: readonly SeededBlob[]): void {
  const { dataDir, store, clientId, userId } = options;
  const database = new Sqlite(path.join(dataDir, 'vitrine.sqlite'), { timeout: 10_000 });
  database.pragma('foreign_keys = on');
  const blob = database.prepare('insert into blobs (sha256, size, store, created_at) values (?, ?, ?, 1)');
  const version = database.prepare(`insert into asset_versions
    (asset_id, number, type, format, mime_type, size, sha256, created_by, created_at, ai_use)
    values (?, 1, 'document', 'txt', 'text/plain', ?, ?, ?, 1, 'unknown')`);
  const asset = database.prepare(`insert into assets
    (id, client_id, user_id, current_version, type, name, search_text, row_version, uploaded_at, updated_at)
    values (?, ?, ?, 1, 'document', ?, ?, 1, 1, 1)`);
  database.transaction(() => {
    for (const { assetId, sha256, bytes } of blobs) {
      const name = `${sha256.slice(0, 8)}.txt`;
      blob.run(sha256, bytes.length, store);
      version.run(assetId, bytes.length, sha256, userId);
      asset.run(assetId, clientId, userId, name, fold(name));
    }
  })();
  database.close();
}
