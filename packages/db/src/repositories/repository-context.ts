import type { Dialect } from '../dialect.ts';
import type { PortableDatabase, Tables } from '../portable-database.ts';

/** What every repository is made from. */
export interface RepositoryContext {
  readonly db: PortableDatabase;
  readonly tables: Tables;
  readonly dialect: Dialect;
}
