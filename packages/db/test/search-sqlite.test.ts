import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeSearch } from './support/search-suite.ts';

describeSearch('SQLite', openSqliteTestDatabase, 300);
