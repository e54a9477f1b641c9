import { describeChanges } from './support/change-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeChanges('SQLite', openSqliteTestDatabase);
describeChanges('PGlite', openPgliteTestDatabase);
describeOnPostgres('the change log', () => {
  describeChanges('PostgreSQL 15', openPostgresTestDatabase);
});
