import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type UserId, type UserRole, userIdSchema } from '@vitrine/schema';
import { migrateSqlite } from './migrate-sqlite.ts';
import { openSqliteDatabase, type SqliteDatabase } from './open-sqlite.ts';
import { users } from './tables/sqlite.ts';

export interface TemporarySqlite extends AsyncDisposable {
  readonly database: SqliteDatabase;
  readonly file: string;
}

let template: Promise<Buffer> | undefined;

/** Migrates once in each process; every test gets a copy of the bytes. */
async function makeTemplate(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-template-'));
  try {
    const file = path.join(folder, 'template.sqlite');
    await migrateSqlite({ file });
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A migrated, empty SQLite database in a folder of its own, which goes when it is disposed of. */
export async function openTemporarySqlite(): Promise<TemporarySqlite> {
  template ??= makeTemplate();
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-db-'));
  const file = path.join(folder, 'vitrine.sqlite');
  await writeFile(file, await template);
  const database = await openSqliteDatabase({ file });
  return {
    database,
    file,
    async [Symbol.asyncDispose]() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Adds a user as the identity library would; without a password, so it cannot sign in. */
export async function addTestUser(
  database: SqliteDatabase,
  user: { id?: string; role?: UserRole; email?: string } = {},
): Promise<UserId> {
  const id = userIdSchema.parse(user.id ?? randomUUID());
  const now = new Date();
  await database.exclusive(async (db) => {
    await db.insert(users).values({
      id,
      name: id,
      email: user.email ?? `${id}@example.test`,
      emailVerified: true,
      role: user.role ?? 'owner',
      createdAt: now,
      updatedAt: now,
    });
  });
  return id;
}
export { type PostgresServer, startPostgres } from './postgres-test-server.ts';
