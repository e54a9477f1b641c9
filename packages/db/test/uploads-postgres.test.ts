import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';
import { describeUploads } from './support/upload-suite.ts';

describeOnPostgres('uploads in pieces', () => {
  describeUploads('PostgreSQL 15', openPostgresTestDatabase);
});
