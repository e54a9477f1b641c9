import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/tables/postgres.ts',
  out: '../../drizzle/postgres',
  dbCredentials: { url: process.env['VITRINE_DATABASE_URL'] ?? 'postgres://localhost/vitrine' },
});
