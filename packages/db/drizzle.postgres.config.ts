import { defineConfig } from 'drizzle-kit';
import { databaseSettings } from './database-settings.ts';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/tables/postgres.ts',
  out: '../../drizzle/postgres',
  // The tables of the search are made by hand.
  tablesFilter: ['!*_fts*'],
  dbCredentials: { url: databaseSettings().url },
});
