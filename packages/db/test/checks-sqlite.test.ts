import { describeChecks } from './support/checks-suite.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';

describeChecks('SQLite', openSqliteTestDatabase, 1500);
