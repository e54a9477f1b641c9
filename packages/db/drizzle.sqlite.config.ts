import { defineConfig } from 'drizzle-kit';
import { databaseSettings } from './database-settings.ts';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/tables/sqlite.ts',
  out: '../../drizzle/sqlite',
  // The tables of the search are made by hand.
  tablesFilter: ['!*_fts*'],
  dbCredentials: { url: databaseSettings().file },
});
