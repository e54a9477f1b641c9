import { describeContext } from './support/context-suite.ts';
import { describeLineage } from './support/lineage-suite.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeOnPostgres('context and lineage', () => {
  describeContext('PostgreSQL 15', openPostgresTestDatabase, 6);
  describeLineage('PostgreSQL 15', openPostgresTestDatabase, 6);
});
