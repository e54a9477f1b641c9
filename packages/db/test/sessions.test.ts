import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';
import { describeSessions } from './support/session-suite.ts';

describeSessions('SQLite', openSqliteTestDatabase);
describeOnPostgres('sessions', () => describeSessions('PostgreSQL 15', openPostgresTestDatabase));
