import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';
import { describeQuarantine } from './support/quarantine-suite.ts';

describeQuarantine('SQLite', openSqliteTestDatabase);
describeOnPostgres('the quarantine', () => describeQuarantine('PostgreSQL 15', openPostgresTestDatabase));
