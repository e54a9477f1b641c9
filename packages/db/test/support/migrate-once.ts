import { migratePostgres, migrateSqlite } from '../../src/index.ts';

// A starter of its own: prints what it applied as JSON.
const [, , kind = '', target = '', folder = ''] = process.argv;
const { applied } =
  kind === 'sqlite'
    ? await migrateSqlite({ file: target, folder })
    : await migratePostgres({ database: target, folder });
process.stdout.write(JSON.stringify(applied));
