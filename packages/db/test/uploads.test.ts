import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeUploads } from './support/upload-suite.ts';

describeUploads('SQLite', openSqliteTestDatabase);
describeUploads('PGlite', openPgliteTestDatabase);
