import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';
import { describeSearch } from './support/search-suite.ts';

describeOnPostgres('searching', () => {
  describeSearch('PostgreSQL 15', openPostgresTestDatabase, 100);
});
