import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeTags } from './support/tag-suite.ts';

describeTags('SQLite', openSqliteTestDatabase, 40);
describeTags('PGlite', openPgliteTestDatabase, 10);
