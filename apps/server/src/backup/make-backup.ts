import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError, holdCollector } from '@vitrine/core';
import { copyPostgresDatabase, copySqliteDatabase, type DatabaseCopy } from '@vitrine/db';
import { createDiskBlobStore, createDiskStaging } from '@vitrine/storage';
import type { Composition } from '../compose.ts';
import { version } from '../version.ts';
import { type BackupFolder, backupFolder, fileNames, lockFolder, unfinished } from './backup-folder.ts';
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

async function assertRoom(
  { root }: BackupFolder,
  wanted: readonly Wanted[],
  has: (blob: Wanted) => Promise<boolean>,
) {
  let missing = 0;
  for (const blob of wanted) if (!(await has(blob))) missing += blob.size;
  const { bavail, bsize } = statfsSync(root);
  if (missing + spareBytes <= bavail * bsize) return;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  throw new AppError(
    'storage_full',
    `The backup needs ${megabytes(missing)} more in ${root}, where ${megabytes(bavail * bsize)} are free. Make room, or choose another folder.`,
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
  const has = async ({ sha256, size }: Wanted) => (await target.stat(sha256))?.size === size;
  await assertRoom(folder, wanted, has);
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
 * there for the next. Fails with `in_use`, and with `storage_full` before anything is copied where there is no room.
 */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
  const { library } = options;
  const folder = backupFolder(options.folder);
  using _lock = lockFolder(folder);
  using _hold = await holdCollector(library);
  const moment = new Date(library.clock.now()).toISOString();
  const place = path.join(folder.backups, moment.replaceAll(':', '-'));
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

async function copySecret(dataDir: string, part: string): Promise<BackupManifest['secret']> {
  const file = path.join(dataDir, fileNames.secret);
  if (!existsSync(file)) return null;
  const copy = path.join(part, fileNames.secret);
  copyFileSync(file, copy);
  syncPath(copy);
  return describedFile(copy);
}
