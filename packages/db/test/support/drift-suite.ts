import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratePostgres, postgresDrift } from '../../src/index.ts';
import type { BarePostgres } from './bare-postgres.ts';

/** What is done behind the program's back, how it is undone, and what is found in between. */
const changes: readonly (readonly [change: string, undo: string, found: readonly string[]])[] = [
  [
    'create table notes (id text primary key)',
    'drop table notes',
    ['extra column notes.id', 'extra constraint notes.notes_pkey', 'extra table notes'],
  ],
  [
    'alter table users add shoe_size integer',
    'alter table users drop shoe_size',
    ['extra column users.shoe_size'],
  ],
  [
    'alter table users alter name drop not null',
    'alter table users alter name set not null',
    ['changed column users.name'],
  ],
  [
    'alter index assets_newest rename to mine',
    'alter index mine rename to assets_newest',
    ['extra index mine', 'missing index assets_newest'],
  ],
  [
    'alter table audit_events disable trigger audit_events_refuse_change',
    'alter table audit_events enable trigger audit_events_refuse_change',
    ['changed trigger audit_events.audit_events_refuse_change'],
  ],
  [
    `alter table users rename constraint users_role to old; alter table users add constraint users_role check (role <> '')`,
    'alter table users drop constraint users_role; alter table users rename constraint old to users_role',
    ['changed check users.users_role', 'extra check users.old'],
  ],
];

export function describePostgresDrift(name: string, open: () => Promise<BarePostgres>): void {
  describe(`the drift of a schema of ${name}`, () => {
    let target: BarePostgres;
    beforeAll(async () => {
      target = await open();
      await migratePostgres({ database: target.connection });
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    async function run(sql: string): Promise<void> {
      for (const statement of sql.split(';')) await target.connection.query(statement);
    }
    async function drift(): Promise<string[]> {
      const found = await postgresDrift({ database: target.connection });
      return found.map(({ what, part }) => `${what} ${part}`).sort();
    }

    it('is none after migrating, and leaves nothing behind', async () => {
      expect(await drift()).toEqual([]);
      const { rows } = await target.connection.query(
        "select nspname from pg_namespace where nspname like 'vitrine%'",
      );
      expect(rows).toEqual([]);
    });

    it.each(changes)('names what %s does', async (change, undo, found) => {
      await run(change);
      expect(await drift()).toEqual(found);
      await run(undo);
      expect(await drift()).toEqual([]);
    });
  });
}
