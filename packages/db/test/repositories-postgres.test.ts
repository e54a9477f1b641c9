import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';
import { describeRepositories } from './support/repository-suite.ts';

describeOnPostgres('the repositories', () => {
  describeRepositories('PostgreSQL 15', openPostgresTestDatabase, 15);
});
