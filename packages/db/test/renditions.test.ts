import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeRenditions } from './support/rendition-suite.ts';

describeRenditions('SQLite', openSqliteTestDatabase);
describeRenditions('PGlite', openPgliteTestDatabase);
