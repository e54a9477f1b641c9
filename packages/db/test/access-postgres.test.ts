import { describeAccess } from './support/access-suite.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeOnPostgres('access', () => {
  describeAccess('PostgreSQL 15', openPostgresTestDatabase, 8);
});
