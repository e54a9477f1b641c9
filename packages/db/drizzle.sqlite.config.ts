import { defineConfig } from 'drizzle-kit';
import { databaseFile } from './src/database-location.ts';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/tables/sqlite.ts',
  out: '../../drizzle/sqlite',
  dbCredentials: { url: databaseFile(process.env) },
});
