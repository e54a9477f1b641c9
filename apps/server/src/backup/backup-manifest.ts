import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AppError, canonicalJson } from '@vitrine/core';
import { sha256Schema } from '@vitrine/schema';
import { z } from 'zod';

/** Files of the backup's own folder: whoever writes a manifest names none elsewhere. */
const fileSchema = z.strictObject({
  name: z.string().regex(/^[a-z]+(\.[a-z]+)?$/),
  size: z.int().nonnegative(),
  sha256: sha256Schema,
});
const sumSchema = z.strictObject({ count: z.int().nonnegative(), bytes: z.int().nonnegative() });

/** What a backup consists of. It is written last: a folder without one is no backup. */
const manifestSchema = z.strictObject({
  format: z.literal(1),
  program: z.string(),
  createdAt: z.iso.datetime(),
  database: z.strictObject({
    dialect: z.enum(['sqlite', 'postgres']),
    migration: z.string(),
    rows: z.record(z.string(), z.int().nonnegative()),
    auditHead: z.strictObject({ seq: z.int(), hash: z.string() }).nullable(),
    file: fileSchema,
  }),
  /** The list of all blobs and quarantined files, a line each: kind, SHA-256, size. */
  list: fileSchema,
  blobs: sumSchema,
  quarantined: sumSchema,
  /** What the library itself had lost when this was made. The list names them, and they are not here. */
  missing: z.array(z.strictObject({ sha256: sha256Schema, problem: z.string() })),
  /** Without it signed addresses and sessions of the old place end. Null: it came from the settings. */
  secret: fileSchema.nullable(),
  /** Of everything above. */
  hash: sha256Schema,
});
export type BackupManifest = z.output<typeof manifestSchema>;

function hashOf(manifest: Omit<BackupManifest, 'hash'>): BackupManifest['hash'] {
  return sha256Schema.parse(createHash('sha256').update(canonicalJson(manifest)).digest('hex'));
}

export function sealed(manifest: Omit<BackupManifest, 'hash'>): BackupManifest {
  return { ...manifest, hash: hashOf(manifest) };
}

/** Fails with `unavailable` when it is not, to the letter, what was written. */
export function readManifest(file: string): BackupManifest {
  const refused = (why: string) =>
    new AppError('unavailable', `The manifest ${file} ${why}. Nothing was restored. Take another backup.`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw refused('cannot be read');
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw refused('is not one that this version knows');
  const { hash, ...rest } = parsed.data;
  if (hashOf(rest) !== hash) throw refused('is not what was written: its hash is another one');
  return parsed.data;
}
