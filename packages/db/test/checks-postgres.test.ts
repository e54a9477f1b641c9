import { describeChecks } from './support/checks-suite.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeOnPostgres('the CHECK constraints', () => {
  describeChecks('PostgreSQL 15', openPostgresTestDatabase, 600);
});
