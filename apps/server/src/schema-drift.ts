import { postgresDrift, type SchemaDifference, sqliteDrift } from '@vitrine/db';
import type { Config } from './config/config.ts';

/** Where the configured database's schema is not what its migrations have made. */
export async function schemaDrift({ database }: Pick<Config, 'database'>): Promise<SchemaDifference[]> {
  switch (database.kind) {
    case 'sqlite':
      return sqliteDrift({ file: database.file });
    case 'postgres':
      return postgresDrift({ database: database.url });
    default:
      return database satisfies never;
  }
}
