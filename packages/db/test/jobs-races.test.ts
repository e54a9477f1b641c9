import { describeJobRaces } from './support/job-race-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeJobRaces('SQLite', openSqliteTestDatabase);
describeJobRaces('PGlite', openPgliteTestDatabase);
describeOnPostgres('races of the job queue', () =>
  describeJobRaces('PostgreSQL 15', openPostgresTestDatabase),
);
