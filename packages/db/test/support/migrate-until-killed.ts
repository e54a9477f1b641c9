import { writeSync } from 'node:fs';
import { migrateSqlite } from '../../src/migrate-sqlite.ts';

// Migrates, and says on standard output when it begins and how long it took; whoever started it kills it in between.
const [, , file = '', folder = ''] = process.argv;
writeSync(1, 'begin\n');
const began = performance.now();
await migrateSqlite({ file, folder });
writeSync(1, `took ${performance.now() - began}\n`);
