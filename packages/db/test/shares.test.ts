import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';
import { describeShares } from './support/share-suite.ts';

describeShares('SQLite', openSqliteTestDatabase);
describeOnPostgres('share links', () => describeShares('PostgreSQL 15', openPostgresTestDatabase));
