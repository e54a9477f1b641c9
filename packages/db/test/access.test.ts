import { describeAccess } from './support/access-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';

describeAccess('SQLite', openSqliteTestDatabase, 60);
describeAccess('PGlite', openPgliteTestDatabase, 12);
