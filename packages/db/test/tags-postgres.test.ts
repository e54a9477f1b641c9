import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';
import { describeTags } from './support/tag-suite.ts';

describeOnPostgres('tags and bulk edits', () => {
  describeTags('PostgreSQL 15', openPostgresTestDatabase, 6);
});
