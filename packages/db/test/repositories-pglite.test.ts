import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { describeRepositories } from './support/repository-suite.ts';

describeRepositories('PGlite', openPgliteTestDatabase, 15);
