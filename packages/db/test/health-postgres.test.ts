import { describeExamination } from './support/examination-suite.ts';
import { describeHealth } from './support/health-suite.ts';
import { describeMoves } from './support/move-suite.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeOnPostgres('stored bytes', () => {
  describeHealth('PostgreSQL 15', openPostgresTestDatabase);
  describeExamination('PostgreSQL 15', openPostgresTestDatabase);
  describeMoves('PostgreSQL 15', openPostgresTestDatabase);
});
