import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DialectName } from '../../src/checks.ts';
import type { MigrationResult, Rehearsal } from '../../src/index.ts';
import { migrationFolder } from './migration-folder.ts';

export interface MigratedTarget extends AsyncDisposable {
  readonly dialect: DialectName;
  run(sql: string): Promise<void>;
  rehearse(folder?: string): Promise<Rehearsal>;
  migrate(folder?: string): Promise<MigrationResult>;
}

const user = (
  id: string,
) => `insert into users (id, name, email, email_verified, role, created_at, updated_at)
  values ('${id}', 'Name of ${id}', '${id}@example.com', BOOL, 'member', 1, 1)`;

/** What a rehearsal tells, on either dialect. */
export function describeRehearsal(name: string, open: () => Promise<MigratedTarget>): void {
  describe(`a rehearsal on ${name}`, () => {
    let target: MigratedTarget;
    let folder: string;
    let made = 0;

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'vitrine-rehearsal-'));
      target = await open();
      await target.migrate();
      const truth = target.dialect === 'sqlite' ? '1' : 'true';
      for (const id of ['a', 'b', 'c']) await target.run(user(id).replace('BOOL', truth));
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    const next = (sql: string) =>
      migrationFolder(path.join(folder, String(++made)), target.dialect, { '9000_next': sql });

    it('says that there is nothing to do', async () => {
      expect(await target.rehearse()).toMatchObject({
        pending: [],
        steps: [],
        tables: [],
        schema: [],
        drift: [],
        refusal: null,
      });
    });

    it('tells of new tables, new columns and new values, and leaves no trace', async () => {
      const more = next(`CREATE TABLE extra (id text PRIMARY KEY);--> statement-breakpoint
        INSERT INTO extra VALUES ('x'), ('y');--> statement-breakpoint
        ALTER TABLE users ADD nickname text;--> statement-breakpoint
        -- values may change: users.name
        UPDATE users SET name = 'B' WHERE id = 'b';`);
      const { pending, steps, tables, schema, refusal } = await target.rehearse(more);
      expect([pending, steps.map((step) => step.name), refusal]).toEqual([
        ['9000_next'],
        ['9000_next'],
        null,
      ]);
      expect(tables).toEqual([
        {
          table: 'extra',
          rowsBefore: null,
          rowsAfter: 2,
          rebuilt: false,
          addedColumns: [],
          droppedColumns: [],
          changedColumns: [],
        },
        {
          table: 'users',
          rowsBefore: 3,
          rowsAfter: 3,
          rebuilt: false,
          addedColumns: ['nickname'],
          droppedColumns: [],
          changedColumns: ['name'],
        },
      ]);
      expect(schema.map(({ what, part }) => `${what} ${part}`)).toContain('extra column users.nickname');
      expect(await target.rehearse()).toMatchObject({ pending: [], drift: [] });
    });

    it('tells of rows that go, and of a file that does not say so', async () => {
      const said = await target.rehearse(next("-- rows may change: users\nDELETE FROM users WHERE id = 'c'"));
      expect(said.tables).toMatchObject([{ table: 'users', rowsBefore: 3, rowsAfter: 2 }]);
      const unsaid = next("DELETE FROM users WHERE id = 'c'");
      expect((await target.rehearse(unsaid)).refusal).toMatch(/leave 2 of 3 rows in 'users'/);
      await expect(target.migrate(unsaid)).rejects.toThrow(/leave 2 of 3 rows in 'users'/);
    });

    it('refuses, as migrating does, a rebuild that mixes columns up', async () => {
      const swapped = next('UPDATE users SET email = name, name = email');
      expect((await target.rehearse(swapped)).refusal).toMatch(/change values of 'users\.(name|email)'/);
      await expect(target.migrate(swapped)).rejects.toThrow(/values may change: users\.(name|email)/);
    });

    it('refuses two rows that change their values with each other', async () => {
      const mixed = next(
        "UPDATE users SET name = CASE id WHEN 'a' THEN 'Name of b' ELSE 'Name of a' END WHERE id <> 'c'",
      );
      expect((await target.rehearse(mixed)).refusal).toMatch(/change values of 'users.name'/);
    });

    it('names the migration that fails, and why', async () => {
      const broken = await target.rehearse(next('NONSENSE'));
      expect(broken.refusal).toMatch(/9000_next failed.*syntax error/);
    });
  });
}
