import { describeCollections } from './support/collection-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeCollections('SQLite', openSqliteTestDatabase, { runs: 40, withFullLists: true });
// Ten thousand assets take PGlite a minute to insert.
describeCollections('PGlite', openPgliteTestDatabase, { runs: 10, withFullLists: false });
describeOnPostgres('collections', () =>
  describeCollections('PostgreSQL 15', openPostgresTestDatabase, { runs: 10, withFullLists: false }),
);
