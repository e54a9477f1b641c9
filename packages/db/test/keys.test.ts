import { describeKeys } from './support/key-suite.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeKeys('SQLite', openSqliteTestDatabase);
describeOnPostgres('keys', () => describeKeys('PostgreSQL 15', openPostgresTestDatabase));
