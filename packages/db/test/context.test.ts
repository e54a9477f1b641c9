import { describeContext } from './support/context-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';

describeContext('SQLite', openSqliteTestDatabase, 20);
describeContext('PGlite', openPgliteTestDatabase, 6);
