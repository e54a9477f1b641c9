import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeRepositories } from './support/repository-suite.ts';

describeRepositories('SQLite', openSqliteTestDatabase, 40);
