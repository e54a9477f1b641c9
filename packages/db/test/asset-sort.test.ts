import { describeAssetSorts } from './support/asset-sort-suite.ts';
import { openPgliteTestDatabase } from './support/open-pglite-test-database.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

describeAssetSorts('SQLite', openSqliteTestDatabase, 40);
describeAssetSorts('PGlite', openPgliteTestDatabase, 8);
describeOnPostgres('sorted lists', () => describeAssetSorts('PostgreSQL 15', openPostgresTestDatabase, 8));
