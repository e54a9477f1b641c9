import { describeLineage } from './support/lineage-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';

describeLineage('SQLite', openSqliteTestDatabase, 30);
describeLineage('PGlite', openPgliteTestDatabase, 10);
