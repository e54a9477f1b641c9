import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { AppError, type BlobStore, holdCollector } from '@vitrine/core';
import { copyPostgresDatabase, copySqliteDatabase, type DatabaseCopy } from '@vitrine/db';
import { createDiskBlobStore, createDiskStaging } from '@vitrine/storage';
import type { Composition } from '../compose.ts';
import { version } from '../version.ts';
import { assertApart } from './assert-apart.ts';
import {
  type BackupFolder,
  backupFolder,
  backupName,
  fileNames,
  lockFolder,
  removeUnfinished,
  unfinished,
} from './backup-folder.ts';
import { type BackupManifest, sealed } from './backup-manifest.ts';
import { type Copied, copyBlobs, type Wanted } from './copy-blobs.ts';
import { describedFile, syncPath } from './described-file.ts';

export interface MadeBackup extends Copied {
  /** The folder of this backup. */
  readonly place: string;
  readonly manifest: BackupManifest;
}

interface BackupOptions {
  readonly library: Composition;
  readonly folder: string;
  /** Reads what earlier backups there copied, too, and copies again what is not what it was. */
  readonly check?: boolean | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Room that is left for everybody else on the disk. */
const spareBytes = 64 * 1024 * 1024;
const sumOf = (blobs: readonly Wanted[]) => ({
  count: blobs.length,
  bytes: blobs.reduce((sum, { size }) => sum + size, 0),
});

/** Copies the database of one moment into a folder. */
async function copyDatabase({ config: { database } }: Composition, part: string) {
  switch (database.kind) {
    case 'sqlite': {
      const to = path.join(part, 'database.sqlite');
      const copy = copySqliteDatabase({ file: database.file, to });
      return { dialect: database.kind, copy, file: await describedFile(to) };
    }
    case 'postgres': {
      const to = path.join(part, 'database.dump');
      const copy = await copyPostgresDatabase({ url: database.url, to });
      return { dialect: database.kind, copy, file: await describedFile(to) };
    }
    default:
      return database satisfies never;
  }
}

/** Fails with `storage_full` where there is not room for so much, and something to spare. */
function assertRoom({ root }: BackupFolder, bytes: number): void {
  const { bavail, bsize } = statfsSync(root);
  const [needed, free] = [bytes + spareBytes, bavail * bsize];
  if (needed <= free) return;
  const megabytes = (count: number) => `${Math.ceil(count / 1e6)} MB`;
  throw new AppError(
    'storage_full',
    `The backup needs ${megabytes(needed)} in ${root}, where ${megabytes(free)} are free. Make room, or choose another folder.`,
  );
}

/** Bytes of what a store lacks. */
async function lacking(store: BlobStore, wanted: readonly Wanted[]): Promise<number> {
  let bytes = 0;
  for (const { sha256, size } of wanted) if ((await store.stat(sha256))?.size !== size) bytes += size;
  return bytes;
}

/** Bytes that a copy of the database takes, at most; of PostgreSQL's nothing is known before. */
function databaseBytes({ config: { database } }: Composition): number {
  if (database.kind !== 'sqlite') return 0;
  return [database.file, `${database.file}-wal`].reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** The bytes of everything that the copy of the database names. */
async function copyFiles(
  { library: { config, blobs, database }, check, onProgress }: BackupOptions,
  folder: BackupFolder,
  { blobs: wanted, quarantined }: DatabaseCopy,
) {
  const target = await createDiskBlobStore({ directory: folder.blobs });
  const kept = await createDiskBlobStore({ directory: folder.quarantine });
  const staging = await createDiskStaging({ directory: folder.staging, minFreeBytes: spareBytes });
  await staging.sweep(0);
  assertRoom(folder, (await lacking(target, wanted)) + (await lacking(kept, quarantined)));
  const refused = await createDiskBlobStore({ directory: path.join(config.dataDir, 'quarantine') });
  const files = await copyBlobs({
    wanted,
    target: () => target,
    staging,
    check,
    onProgress,
    // They may have been moved to another store since.
    async open({ sha256, store }) {
      const now = await database.read((readers) => readers.blobs.find(sha256));
      return blobs.byName(now?.store ?? store).open(sha256);
    },
  });
  const others = await copyBlobs({
    wanted: quarantined,
    target: () => kept,
    staging,
    check,
    open: ({ sha256 }) => refused.open(sha256),
  });
  const copied: Copied = {
    copied: files.copied + others.copied,
    copiedBytes: files.copiedBytes + others.copiedBytes,
    kept: files.kept + others.kept,
    problems: [...files.problems, ...others.problems],
  };
  const line = (kind: string) => (blob: Wanted) => `${kind} ${blob.sha256} ${blob.size}\n`;
  const list = [...wanted.map(line('blob')), ...quarantined.map(line('quarantined'))].join('');
  return { copied, list, blobs: sumOf(wanted), quarantined: sumOf(quarantined) };
}

/**
 * Copies the library as it is at one moment, while it goes on: the database first, and then the bytes that it names, of which none is deleted
 * meanwhile. Bytes that an earlier backup in the folder has are not copied again. What was killed is no backup, and what it had copied is
 * there for the next. Fails with `in_use`, with `invalid_input` for a folder that is the library's own, and with `storage_full` before any
 * file is copied where there is no room.
 */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
  const { library } = options;
  const folder = backupFolder(options.folder);
  assertApart(folder, library.config.dataDir);
  using _lock = lockFolder(folder);
  // What a killed one copied may not have its name on the disk yet.
  if (removeUnfinished(folder)) for (const place of [folder.blobs, folder.quarantine]) syncBelow(place);
  assertRoom(folder, databaseBytes(library));
  using _hold = await holdCollector(library);
  const moment = new Date(library.clock.now()).toISOString();
  const place = path.join(folder.backups, backupName(moment));
  const part = `${place}${unfinished}`;
  mkdirSync(part, { mode: 0o700 });
  try {
    const { dialect, copy, file } = await copyDatabase(library, part);
    const { copied, list, ...sums } = await copyFiles(options, folder, copy);
    const { rows, migration, auditHead } = copy;
    const listFile = path.join(part, fileNames.list);
    writeFileSync(listFile, list, { mode: 0o600, flush: true });
    const manifest = sealed({
      format: 1,
      program: version,
      createdAt: moment,
      database: { dialect, migration, rows, auditHead, file },
      list: await describedFile(listFile),
      ...sums,
      missing: [...copied.problems],
      secret: await copySecret(library.config.dataDir, part),
    });
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    writeFileSync(path.join(part, fileNames.manifest), text, { mode: 0o600, flush: true });
    syncPath(part);
    renameSync(part, place);
    syncPath(folder.backups);
    syncPath(folder.root);
    return { ...copied, place, manifest };
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}

function syncBelow(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) syncBelow(path.join(folder, entry.name));
  }
  syncPath(folder);
}

async function copySecret(dataDir: string, part: string): Promise<BackupManifest['secret']> {
  const file = path.join(dataDir, fileNames.secret);
  if (!existsSync(file)) return null;
  const copy = path.join(part, fileNames.secret);
  copyFileSync(file, copy);
  syncPath(copy);
  return describedFile(copy);
}
