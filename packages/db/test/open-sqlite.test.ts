import { sha256Schema } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openSqliteDatabase } from '../src/open-sqlite.ts';
import { openSqliteConnection } from '../src/sqlite-connection.ts';
import { users } from '../src/tables/sqlite.ts';
import { addTestUser, openTemporarySqlite } from '../src/testing.ts';
import { newAsset, seedAgency } from './support/seed.ts';

const seedBlob = {
  sha256: sha256Schema.parse('fe'.repeat(32)),
  size: 1,
  store: 'disk',
  known: false,
} as const;

describe('a SQLite database', () => {
  it('is opened with WAL, synchronous=FULL and foreign keys on both connections', async () => {
    await using temporary = await openTemporarySqlite();
    const reading = (name: string) => temporary.database.reader.values(sql.raw(`pragma ${name}`)).flat()[0];
    expect([reading('journal_mode'), reading('synchronous'), reading('foreign_keys')]).toEqual(['wal', 2, 1]);
    await temporary.database.exclusive(async (writer) => {
      const pragma = (name: string) => writer.values(sql.raw(`pragma ${name}`)).flat()[0];
      expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    });
  });

  it('is not opened when WAL cannot be turned on', () => {
    expect(() => openSqliteConnection({ file: ':memory:', readonly: false })).toThrow(
      /journal_mode = memory/,
    );
  });

  it('refuses to write through the handle for reads', async () => {
    await using temporary = await openTemporarySqlite();
    expect(() => temporary.database.reader.delete(users).run()).toThrow(/readonly|query_only/);
  });

  it('refuses a write that was not awaited and comes after its transaction', async () => {
    await using temporary = await openTemporarySqlite();
    const { database } = temporary;
    let late: Promise<unknown> = Promise.resolve();
    await database.transaction(async (writers) => {
      late = new Promise((resolve) => setTimeout(resolve, 5)).then(() =>
        writers.blobs.ensure({ ...seedBlob, at: 1 }),
      );
      late.catch(() => undefined);
    });
    await expect(late).rejects.toThrow(/outside its transaction/);
    expect(await database.read((readers) => readers.blobs.find(seedBlob.sha256))).toBeNull();
  });

  it('refuses a kept writer inside the transaction of somebody else', async () => {
    await using temporary = await openTemporarySqlite();
    const { database } = temporary;
    let write: (() => Promise<void>) | undefined;
    await database.transaction(async (writers) => {
      write = () => writers.blobs.ensure({ ...seedBlob, at: 1 });
    });
    const outside = write?.();
    outside?.catch(() => undefined);
    const other = database.transaction(async () => new Promise((resolve) => setTimeout(resolve, 10)));
    await expect(outside).rejects.toThrow(/outside its transaction/);
    await other;
  });

  it('shows readers nothing of a transaction before it is committed', async () => {
    await using temporary = await openTemporarySqlite();
    const { database } = temporary;
    await database.transaction(async (writers) => {
      await writers.blobs.ensure({ ...seedBlob, at: 1 });
      expect(await database.read((readers) => readers.blobs.find(seedBlob.sha256))).toBeNull();
    });
    expect(await database.read((readers) => readers.blobs.find(seedBlob.sha256))).not.toBeNull();
  });

  it('runs exclusive work alone and rolls it back when it rejects', async () => {
    await using temporary = await openTemporarySqlite();
    const { database } = temporary;
    const order: string[] = [];
    const slow = database.exclusive(async () => {
      order.push('begin');
      await new Promise((resolve) => setTimeout(resolve, 10));
      order.push('end');
    });
    const next = database.transaction(async () => {
      order.push('next');
    });
    await Promise.all([slow, next]);
    expect(order).toEqual(['begin', 'end', 'next']);

    const id = await addTestUser(database);
    await expect(
      database.exclusive(async (writer) => {
        await writer.delete(users);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await database.read((readers) => readers.users.find(id))).not.toBeNull();
    await expect(database.exclusive(() => database.transaction(async () => {}))).rejects.toThrow(
      /inside the work/,
    );
  });

  it('says that it is busy when another process holds the lock too long, and works again afterwards', async () => {
    await using temporary = await openTemporarySqlite();
    const other = new Sqlite(temporary.file);
    await temporary.database.exclusive(async (writer) => {
      writer.values(sql.raw('pragma busy_timeout = 20'));
    });
    other.exec('begin immediate');
    await expect(temporary.database.transaction(async () => {})).rejects.toMatchObject({
      code: 'unavailable',
    });
    other.exec('rollback');
    other.close();
    await expect(temporary.database.transaction(async () => 'ok')).resolves.toBe('ok');
  });

  it('says that the storage is full, keeps nothing of the transaction and works again afterwards', async () => {
    await using temporary = await openTemporarySqlite();
    const { database } = temporary;
    const agency = await seedAgency({
      name: 'SQLite',
      database,
      sql: async () => [],
      addUser: () => addTestUser(database),
      [Symbol.asyncDispose]: async () => {},
    });
    const pages = await database.exclusive(async (writer) => {
      const [row] = writer.values(sql.raw('pragma page_count'));
      writer.values(sql.raw(`pragma max_page_count = ${Number(row?.[0]) + 2}`));
      return Number(row?.[0]);
    });
    const fill = database.transaction(async (writers) => {
      for (let index = 0; index < 1000; index += 1) {
        // Whoever swallows the error must not end up writing outside the transaction.
        await writers.assets.insert(newAsset(agency)).catch((error: unknown) => {
          if (index > 900) throw error;
        });
      }
    });
    await expect(fill).rejects.toThrow();
    expect(await database.read((readers) => readers.assets.count({ visibility: { kind: 'all' } }))).toBe(0);
    await database.exclusive(async (writer) => {
      writer.values(sql.raw(`pragma max_page_count = ${pages + 100_000}`));
    });
    const asset = await database.transaction((writers) => writers.assets.insert(newAsset(agency)));
    expect(asset.rowVersion).toBe(1);
  });

  it('does the work once more, from its beginning, when room could be made', async () => {
    await using temporary = await openTemporarySqlite();
    let asked = 0;
    const full = await openSqliteDatabase({
      file: temporary.file,
      async makeRoom() {
        asked += 1;
        await limit(1_000_000);
        return asked === 1;
      },
    });
    const limit = (pages: number) =>
      full.exclusive(async (writer) => {
        writer.values(sql.raw(`pragma max_page_count = ${pages}`));
      });
    await limit(1);
    let begun = 0;
    await full.transaction(async (writers) => {
      begun += 1;
      for (let index = 0; index < 300; index += 1)
        await writers.attempts.add({ key: `${'k'.repeat(200)}${index}`, now: 1, endsAt: 2 });
    });
    expect({ asked, begun }).toEqual({ asked: 1, begun: 2 });
    await full.close();
  });

  it('finishes what is queued before it closes, and refuses what comes later', async () => {
    const temporary = await openTemporarySqlite();
    const queued = temporary.database.transaction(async () => 'done');
    const closing = temporary[Symbol.asyncDispose]();
    await expect(queued).resolves.toBe('done');
    await closing;
    await expect(temporary.database.transaction(async () => {})).rejects.toThrow(/closed/);
  });
});
