import { type AssetSort, noPriority } from '@vitrine/schema';
import { asc, desc, type SQL, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

interface AssetOrder {
  readonly by: readonly SQL[];
  /** The condition that a row comes behind the placeholders `key`, `at` and `after`. */
  readonly behind: SQL;
}

const key = sql.placeholder('key');
const at = sql.placeholder('at');
const after = sql.placeholder('after');

/** How a list of assets is sorted, with its ties, and what comes behind a position of it. */
export function assetOrder({ tables, dialect }: RepositoryContext, sort: AssetSort = 'newest'): AssetOrder {
  const { assets, assetVersions } = tables;
  const { uploadedAt, id } = assets;
  switch (sort) {
    case 'newest':
      return { by: [desc(uploadedAt), desc(id)], behind: sql`(${uploadedAt}, ${id}) < (${at}, ${after})` };
    case 'oldest':
      return { by: [asc(uploadedAt), asc(id)], behind: sql`(${uploadedAt}, ${id}) > (${at}, ${after})` };
    case 'name': {
      const name = dialect.byCodePoint(sql`${assets.searchText}`);
      return { by: [asc(name), asc(id)], behind: sql`(${name}, ${id}) > (${key}, ${after})` };
    }
    case 'size': {
      const { size } = assetVersions;
      return { by: [desc(size), desc(id)], behind: sql`(${size}, ${id}) < (${key}, ${after})` };
    }
    case 'priority': {
      const rank = sql`coalesce(${assets.priority}, ${sql.raw(String(noPriority))})`;
      return {
        by: [asc(rank), desc(uploadedAt), desc(id)],
        behind: sql`(${rank} > ${key} or (${rank} = ${key} and (${uploadedAt}, ${id}) < (${at}, ${after})))`,
      };
    }
    default:
      return sort satisfies never;
  }
}
