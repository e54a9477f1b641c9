import { describeGuests } from './support/guest-suite.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeGuests('SQLite', openSqliteTestDatabase);
describeOnPostgres('upload links', () => describeGuests('PostgreSQL 15', openPostgresTestDatabase));
