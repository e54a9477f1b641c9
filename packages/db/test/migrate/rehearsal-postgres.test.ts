import { migratePostgres, rehearsePostgres } from '../../src/index.ts';
import { type BarePostgres, barePglite, barePostgres } from '../support/bare-postgres.ts';
import { describeOnPostgres } from '../support/postgres-or-say-so.ts';
import { describeRehearsal, type MigratedTarget } from '../support/rehearsal-suite.ts';

function targetOn(target: BarePostgres): MigratedTarget {
  const { connection: database } = target;
  return {
    dialect: 'postgres',
    async run(sql) {
      await database.query(sql);
    },
    rehearse: (folder) => rehearsePostgres({ database, ...(folder && { folder }) }),
    migrate: (folder) => migratePostgres({ database, ...(folder && { folder }) }),
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  };
}

describeRehearsal('PGlite', async () => targetOn(await barePglite()));
describeOnPostgres('a rehearsal', () =>
  describeRehearsal('PostgreSQL 15', async () => targetOn(await barePostgres())),
);
