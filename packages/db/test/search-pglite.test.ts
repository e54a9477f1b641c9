import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { describeSearch } from './support/search-suite.ts';

describeSearch('PGlite', openPgliteTestDatabase, 60);
