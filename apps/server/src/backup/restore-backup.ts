import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppError, verifyAudit } from '@vitrine/core';
import { openSqliteBackup, openSqliteDatabase } from '@vitrine/db';
import {
  createBlobStores,
  createDatabaseBlobStore,
  createDiskBlobStore,
  createDiskStaging,
} from '@vitrine/storage';
import { type BackupFolder, backupFolder, backupsIn, fileNames } from './backup-folder.ts';
import { type BackupManifest, readManifest } from './backup-manifest.ts';
import { type CopyProblem, copyBlobs } from './copy-blobs.ts';
import { describedFile, syncPath } from './described-file.ts';

interface RestoreOptions {
  readonly folder: string;
  /** Which backup; the newest unless said. */
  readonly name?: string | undefined;
  /** Where it goes: a folder that is empty, or not there. */
  readonly into: string;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface RestoredBackup {
  readonly name: string;
  readonly into: string;
  readonly manifest: BackupManifest;
}

const refused = (why: string, cause?: unknown) =>
  new AppError('unavailable', `${why} Nothing was restored.`, { cause });

function chosen(folder: BackupFolder, name: string | undefined): string {
  const whole = backupsIn(folder);
  const found = name === undefined ? whole[0] : whole.find((one) => one === name);
  if (found) return found;
  const there = whole.length > 0 ? `It has ${whole.join(', ')}.` : 'It has none that is whole.';
  throw new AppError('not_found', `There is no backup ${name ?? ''} in ${folder.root}. ${there}`);
}

async function assertSame(place: string, wanted: BackupManifest['list']): Promise<void> {
  const file = path.join(place, wanted.name);
  const found = existsSync(file) ? await describedFile(file) : null;
  if (found?.sha256 === wanted.sha256 && found.size === wanted.size) return;
  throw refused(`${file} is not what the manifest says${found ? '' : ': it is not there'}.`);
}

const counted = (kind: string, lines: readonly string[]) =>
  lines.filter((line) => line.startsWith(`${kind} `)).sort();

function assertListed(what: string, listed: readonly string[], named: readonly string[]): void {
  if (listed.join('\n') === [...named].sort().join('\n')) return;
  throw refused(`The list of ${what} is not that of the database.`);
}

async function assertChain(file: string, mark: BackupManifest['database']['auditHead']): Promise<void> {
  const database = await openSqliteDatabase({ file });
  try {
    const verdict = await verifyAudit({ database, mark: mark ?? undefined });
    if (!verdict.ok) throw refused(`The audit log is not whole: event ${verdict.seq} ${verdict.problem}.`);
  } finally {
    await database.close();
  }
}

function assertCopied(problems: readonly CopyProblem[]): void {
  const [first] = problems;
  if (!first) return;
  throw refused(
    `${problems.length} files of the backup cannot be used, such as ${first.sha256}: ${first.problem}.`,
  );
}

async function fill(
  folder: BackupFolder,
  place: string,
  { into, onProgress }: RestoreOptions,
): Promise<BackupManifest> {
  const manifest = readManifest(path.join(place, fileNames.manifest));
  const { database, list, secret } = manifest;
  for (const file of [database.file, list, ...(secret ? [secret] : [])]) await assertSame(place, file);
  const lines = readFileSync(path.join(place, list.name), 'utf8').split('\n');

  const target = path.join(into, 'vitrine.sqlite');
  copyFileSync(path.join(place, database.file.name), target);
  syncPath(target);
  {
    using copy = openSqliteBackup(target);
    if (JSON.stringify(copy.rows) !== JSON.stringify(database.rows))
      throw refused('A table has other rows than the manifest says.');
    const blobs = [...copy.blobs()];
    const quarantined = [...copy.quarantined()];
    assertListed(
      'blobs',
      counted('blob', lines),
      blobs.map(({ sha256, size }) => `blob ${sha256} ${size}`),
    );
    assertListed(
      'quarantined files',
      counted('quarantined', lines),
      quarantined.map(({ sha256, size }) => `quarantined ${sha256} ${size}`),
    );
    const source = await createDiskBlobStore({ directory: folder.blobs });
    const refusedFiles = await createDiskBlobStore({ directory: folder.quarantine });
    const stores = createBlobStores({
      disk: await createDiskBlobStore({ directory: path.join(into, 'blobs') }),
      database: await createDatabaseBlobStore({ file: path.join(into, 'blobs.sqlite') }),
      default: 'disk',
      inlineMax: 0,
    });
    const staging = await createDiskStaging({ directory: path.join(into, 'staging') });
    try {
      const files = await copyBlobs({
        wanted: blobs,
        staging,
        onProgress,
        open: ({ sha256 }) => source.open(sha256),
        target: ({ store }) => stores.byName(store),
      });
      const kept = await createDiskBlobStore({ directory: path.join(into, 'quarantine') });
      const others = await copyBlobs({
        wanted: quarantined,
        staging,
        open: ({ sha256 }) => refusedFiles.open(sha256),
        target: () => kept,
      });
      assertCopied([...files.problems, ...others.problems]);
    } finally {
      await stores.close();
    }
  }
  await assertChain(target, database.auditHead);
  if (secret) {
    copyFileSync(path.join(place, secret.name), path.join(into, fileNames.secret));
    syncPath(path.join(into, fileNames.secret));
  }
  syncPath(into);
  return manifest;
}

/**
 * Makes a library of a backup in an empty place, and verifies all of it on the way: the manifest, the database and its rows, every byte, the audit log.
 * It refuses with `unavailable` what is not, to the last byte, what was backed up, and leaves the place as empty as it was. The backup is only
 * read.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoredBackup> {
  const folder = backupFolder(options.folder);
  const name = chosen(folder, options.name);
  const into = path.resolve(options.into);
  const existed = existsSync(into);
  if (existed && readdirSync(into).length > 0) {
    throw new AppError(
      'invalid_input',
      `${into} is not empty. Choose a folder that is, or that is not there yet.`,
    );
  }
  mkdirSync(into, { recursive: true, mode: 0o700 });
  try {
    const manifest = await fill(folder, path.join(folder.backups, name), { ...options, into });
    syncPath(path.dirname(into));
    return { name, into, manifest };
  } catch (error) {
    for (const left of readdirSync(into)) rmSync(path.join(into, left), { recursive: true, force: true });
    if (!existed) rmSync(into, { recursive: true, force: true });
    throw error;
  }
}
