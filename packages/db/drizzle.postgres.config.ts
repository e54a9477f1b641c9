import { defineConfig } from 'drizzle-kit';
import { databaseSettings } from './database-settings.ts';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/tables/postgres.ts',
  out: '../../drizzle/postgres',
  dbCredentials: { url: databaseSettings().url },
});
