import { describeJobQueue } from './support/job-queue-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeJobQueue('SQLite', openSqliteTestDatabase);
describeJobQueue('PGlite', openPgliteTestDatabase);
describeOnPostgres('the job queue', () => describeJobQueue('PostgreSQL 15', openPostgresTestDatabase));
