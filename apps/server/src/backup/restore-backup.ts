import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppError, type Database, recordDamage, verifyAudit } from '@vitrine/core';
import type { DatabaseCopy } from '@vitrine/db';
import {
  createBlobStores,
  createDatabaseBlobStore,
  createDiskBlobStore,
  createDiskStaging,
} from '@vitrine/storage';
import { type BackupFolder, backupFolder, backupsIn, fileNames } from './backup-folder.ts';
import { type BackupManifest, readManifest } from './backup-manifest.ts';
import { type CopyProblem, copyBlobs, type Wanted } from './copy-blobs.ts';
import { describedFile, syncPath } from './described-file.ts';
import { type RestoredDatabase, restoredDatabase } from './restored-database.ts';

interface RestoreOptions {
  readonly folder: string;
  /** Which backup; the newest unless said. */
  readonly name?: string | undefined;
  /** Where it goes: a folder that is empty, or not there. */
  readonly into: string;
  /** The empty PostgreSQL database of a backup of one. */
  readonly databaseUrl?: string | undefined;
  /** Also where the library had lost some files itself when the backup was made. */
  readonly withoutMissing?: boolean | undefined;
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

/** What the library had lost before is known as damaged from the start. */
async function markMissing(database: Database, { missing, createdAt }: BackupManifest): Promise<void> {
  const found = { damage: 'missing', at: Date.parse(createdAt) } as const;
  await database.transaction(async (writers) => {
    for (const { sha256 } of missing) {
      const state = await writers.health.blob(sha256);
      if (state && state.damage === null) await recordDamage(writers, state, found);
    }
  });
}

async function finish(database: Database, manifest: BackupManifest): Promise<void> {
  const mark = manifest.database.auditHead;
  try {
    await markMissing(database, manifest);
    const verdict = await verifyAudit({ database, mark: mark ?? undefined });
    if (!verdict.ok) throw refused(`The audit log is not whole: event ${verdict.seq} ${verdict.problem}.`);
  } finally {
    await database.close();
  }
}

function assertComplete({ missing }: BackupManifest): void {
  const [first] = missing;
  if (!first) return;
  throw refused(
    `${missing.length} files could not be read when this was backed up, such as ${first.sha256}: ${first.problem}. Take an older backup, or restore all others with --without-missing; those answer \`damaged\` then until the same files are uploaded again.`,
  );
}

function assertRows(copy: DatabaseCopy, { rows }: BackupManifest['database']): void {
  const wrong = [...new Set([...Object.keys(rows), ...Object.keys(copy.rows)])].find(
    (table) => rows[table] !== copy.rows[table],
  );
  if (wrong !== undefined) {
    throw refused(
      `The table '${wrong}' has ${copy.rows[wrong] ?? 'no'} rows; the manifest says ${rows[wrong] ?? 'none'}.`,
    );
  }
}

function assertCopied(problems: readonly CopyProblem[]): void {
  const [first] = problems;
  if (!first) return;
  throw refused(
    `${problems.length} files of the backup cannot be used, such as ${first.sha256}: ${first.problem}.`,
  );
}

/** Puts all bytes that the database names where its rows say. */
async function fillStores(
  folder: BackupFolder,
  copy: DatabaseCopy,
  { into, onProgress, missing }: RestoreOptions & Pick<BackupManifest, 'missing'>,
): Promise<void> {
  const source = await createDiskBlobStore({ directory: folder.blobs });
  const refusedFiles = await createDiskBlobStore({ directory: folder.quarantine });
  const stores = createBlobStores({
    disk: await createDiskBlobStore({ directory: path.join(into, 'blobs') }),
    database: await createDatabaseBlobStore({ file: path.join(into, 'blobs.sqlite') }),
    default: 'disk',
    inlineMax: 0,
  });
  const staging = await createDiskStaging({ directory: path.join(into, 'staging') });
  const lost = new Set(missing.map(({ sha256 }) => sha256));
  const isHere = ({ sha256 }: Wanted) => !lost.has(sha256);
  try {
    const files = await copyBlobs({
      wanted: copy.blobs.filter(isHere),
      staging,
      onProgress,
      open: ({ sha256 }) => source.open(sha256),
      target: ({ store }) => stores.byName(store),
    });
    const kept = await createDiskBlobStore({ directory: path.join(into, 'quarantine') });
    const others = await copyBlobs({
      wanted: copy.quarantined.filter(isHere),
      staging,
      open: ({ sha256 }) => refusedFiles.open(sha256),
      target: () => kept,
    });
    assertCopied([...files.problems, ...others.problems]);
  } finally {
    await stores.close();
  }
}

/** Fills the database and the folder. What fails, fails before the library could be used. */
async function fill(
  { folder, place, target }: { folder: BackupFolder; place: string; target: RestoredDatabase },
  manifest: BackupManifest,
  options: RestoreOptions,
): Promise<void> {
  const { database, list, secret } = manifest;
  for (const file of [database.file, list, ...(secret ? [secret] : [])]) await assertSame(place, file);
  const lines = readFileSync(path.join(place, list.name), 'utf8').split('\n');
  const copy = await target.fill(path.join(place, database.file.name));
  assertRows(copy, database);
  const named = (kind: string) => (blob: { sha256: string; size: number }) =>
    `${kind} ${blob.sha256} ${blob.size}`;
  assertListed('blobs', counted('blob', lines), copy.blobs.map(named('blob')));
  assertListed(
    'quarantined files',
    counted('quarantined', lines),
    copy.quarantined.map(named('quarantined')),
  );
  await fillStores(folder, copy, { ...options, missing: manifest.missing });
  await finish(await target.open(), manifest);
  if (secret) {
    copyFileSync(path.join(place, secret.name), path.join(options.into, fileNames.secret));
    syncPath(path.join(options.into, fileNames.secret));
  }
  syncPath(options.into);
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
  const place = path.join(folder.backups, name);
  const manifest = readManifest(path.join(place, fileNames.manifest));
  if (!options.withoutMissing) assertComplete(manifest);
  const target = await restoredDatabase(manifest.database.dialect, { into, url: options.databaseUrl });
  mkdirSync(into, { recursive: true, mode: 0o700 });
  try {
    await fill({ folder, place, target }, manifest, { ...options, into });
    syncPath(path.dirname(into));
    return { name, into, manifest };
  } catch (error) {
    await target.empty();
    for (const left of readdirSync(into)) rmSync(path.join(into, left), { recursive: true, force: true });
    if (!existed) rmSync(into, { recursive: true, force: true });
    throw error;
  }
}
