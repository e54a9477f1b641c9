import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrateSqlite, sqliteDrift } from '../../src/index.ts';
import { describeWalk, type WalkDatabase } from '../support/walk-suite.ts';

async function open(): Promise<WalkDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-walk-'));
  const file = path.join(directory, 'vitrine.sqlite');
  let kept: InstanceType<typeof Sqlite> | undefined;
  function use<T>(work: (connection: InstanceType<typeof Sqlite>) => T): T {
    kept ??= new Sqlite(file);
    return work(kept);
  }
  function close(): void {
    kept?.close();
    kept = undefined;
  }
  return {
    migrate(folder) {
      close();
      return migrateSqlite({ file, folder });
    },
    columns: async () =>
      use((connection) => {
        const rows = connection
          .prepare<[], { table: string; columns: string }>(
            `select m.name as "table", group_concat(c.name) as columns from sqlite_master m, pragma_table_info(m.name) c
              where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '%\\_fts%' escape '\\'
                and m.name <> '__drizzle_migrations' group by m.name order by m.name`,
          )
          .all();
        return new Map(rows.map(({ table, columns }) => [table, columns.split(',').sort()]));
      }),
    async insert(rows) {
      use((connection) => {
        connection.exec('begin');
        for (const [table, row] of rows) {
          const names = Object.keys(row).map((one) => `"${one}"`);
          const values = Object.values(row).map((value) =>
            typeof value === 'boolean' ? Number(value) : value,
          );
          connection
            .prepare(`insert into "${table}" (${names}) values (${names.map(() => '?')})`)
            .run(...values);
        }
        connection.exec('commit');
      });
    },
    rows: async (table, columns) =>
      use((connection) =>
        connection
          .prepare(`select ${columns.map((one) => `"${one}"`)} from "${table}"`)
          .all()
          .map((row) => JSON.stringify(row)),
      ),
    drift: async (folder) => sqliteDrift({ file, folder }),
    dangling: async () => use((connection) => connection.prepare('pragma foreign_key_check').all()),
    [Symbol.asyncDispose]() {
      close();
      return rm(directory, { recursive: true, force: true });
    },
  };
}

describeWalk('SQLite', 'sqlite', open);
