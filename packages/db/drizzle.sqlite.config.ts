import { defineConfig } from 'drizzle-kit';
import { databaseSettings } from './database-settings.ts';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/tables/sqlite.ts',
  out: '../../drizzle/sqlite',
  dbCredentials: { url: databaseSettings().file },
});
