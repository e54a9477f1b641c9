import { describeChecks } from './support/checks-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';

describeChecks('PGlite', openPgliteTestDatabase, 600);
