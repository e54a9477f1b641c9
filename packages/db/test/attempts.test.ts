import { describeAttempts } from './support/attempt-suite.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeAttempts('SQLite', openSqliteTestDatabase);
describeOnPostgres('tries', () => describeAttempts('PostgreSQL 15', openPostgresTestDatabase));
