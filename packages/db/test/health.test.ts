import { describeExamination } from './support/examination-suite.ts';
import { describeHealth } from './support/health-suite.ts';
import { describeMoves } from './support/move-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';

describeHealth('SQLite', openSqliteTestDatabase);
describeHealth('PGlite', openPgliteTestDatabase);
describeExamination('SQLite', openSqliteTestDatabase);
describeExamination('PGlite', openPgliteTestDatabase);
describeMoves('SQLite', openSqliteTestDatabase);
describeMoves('PGlite', openPgliteTestDatabase);
