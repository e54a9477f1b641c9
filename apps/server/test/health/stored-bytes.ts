import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';

/** Where a blob lies in the data folder. */
interface Place {
  readonly dataDir: string;
  readonly store: 'disk' | 'database';
}

const fileOf = ({ dataDir }: Place, sha256: string) =>
  path.join(dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);

function inDatabase({ dataDir }: Place, work: (database: Sqlite.Database) => void): void {
  const database = new Sqlite(path.join(dataDir, 'blobs.sqlite'), { timeout: 10_000 });
  database.pragma('foreign_keys = on');
  database.transaction(() => work(database))();
  database.close();
}

/** Changes the first byte of each, behind everybody's back. */
export function flipBytes(place: Place, blobs: readonly { sha256: string; bytes: Buffer }[]): void {
  const flip = (bytes: Buffer) => {
    const other = Buffer.from(bytes);
    other.writeUInt8(other.readUInt8(0) ^ 1, 0);
    return other;
  };
  if (place.store === 'disk') {
    for (const { sha256, bytes } of blobs) writeFileSync(fileOf(place, sha256), flip(bytes));
    return;
  }
  inDatabase(place, (database) => {
    const first = 'position = 0 and blob_id = (select id from blob where sha256 = ?)';
    const read = database.prepare<[string], Buffer>(`select data from chunk where ${first}`).pluck();
    const update = database.prepare(`update chunk set data = ? where ${first}`);
    for (const { sha256 } of blobs) {
      const data = read.get(sha256);
      if (data) update.run(flip(data), sha256);
    }
  });
}

/** Takes the bytes of each away. */
export function removeBytes(place: Place, hashes: readonly string[]): void {
  if (place.store === 'disk') {
    for (const sha256 of hashes) rmSync(fileOf(place, sha256));
    return;
  }
  inDatabase(place, (database) => {
    const remove = database.prepare('delete from blob where sha256 = ?');
    for (const sha256 of hashes) remove.run(sha256);
  });
}
