import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** The version that an asset points at. */
export function currentVersion({ tables: { assets, assetVersions } }: RepositoryContext): SQL | undefined {
  return and(eq(assetVersions.assetId, assets.id), eq(assetVersions.number, assets.currentVersion));
}

/** The rendition that is the asset's preview, where there is one. */
export function currentThumb({ tables: { assets, renditions } }: RepositoryContext): SQL | undefined {
  return and(
    eq(renditions.assetId, assets.id),
    eq(renditions.version, assets.currentVersion),
    eq(renditions.preset, sql`'thumb'`),
  );
}

/** A version's facts, for `toFacts`. */
export function factColumns({ tables: { assetVersions } }: RepositoryContext) {
  const { type, format, width, height, durationMs, pageCount } = assetVersions;
  return { type, format, width, height, durationMs, pageCount };
}

function previewColumns({ renditions }: RepositoryContext['tables']): SQL[] {
  return [
    sql`${renditions.state}`,
    sql`${renditions.sha256}`,
    sql`${renditions.width}`,
    sql`${renditions.height}`,
    sql`${renditions.thumbhash}`,
    sql`${renditions.reason}`,
  ];
}

/**
 * The whole asset as one JSON text, in the order of `AssetRow`. Making JavaScript values out of columns costs more than
 * finding the rows, and parsing one text makes them at half the price, with tags and roles in the same statement.
 */
export function assetColumns({ tables, dialect }: RepositoryContext): SQL<string> {
  const { assets, assetVersions, assetRoles, assetTags, tags } = tables;
  const roles = dialect.joined(
    sql`${assetRoles.role}`,
    sql`${assetRoles} where ${assetRoles.assetId} = ${assets.id}`,
  );
  const freeTags = dialect.joined(
    sql`${tags.name}`,
    sql`${assetTags} join ${tags} on ${tags.id} = ${assetTags.tagId} where ${assetTags.assetId} = ${assets.id}`,
  );
  return dialect.jsonArray([
    sql`${assets.type}`,
    sql`${assetVersions.format}`,
    sql`${assetVersions.width}`,
    sql`${assetVersions.height}`,
    sql`${assetVersions.durationMs}`,
    sql`${assetVersions.pageCount}`,
    roles,
    sql`${assets.id}`,
    sql`${assets.userId}`,
    sql`${assets.clientId}`,
    sql`${assets.campaignId}`,
    sql`${assets.name}`,
    sql`${assetVersions.size}`,
    sql`${assets.uploadedAt}`,
    sql`${assets.updatedAt}`,
    sql`${assetVersions.mimeType}`,
    sql`${assetVersions.sha256}`,
    sql`${assets.currentVersion}`,
    sql`${assets.rowVersion}`,
    freeTags,
    sql`${assets.priority}`,
    sql`${assets.path}`,
    ...previewColumns(tables),
  ]);
}

/** What a tile draws as one JSON text, in the order of `TileRow`. */
export function tileColumns({ tables, dialect }: RepositoryContext): SQL<string> {
  const { assets, assetVersions } = tables;
  return dialect.jsonArray([
    sql`${assets.id}`,
    sql`${assets.type}`,
    sql`${assetVersions.format}`,
    sql`${assets.name}`,
    sql`${assets.clientId}`,
    sql`${assets.campaignId}`,
    sql`${assetVersions.size}`,
    sql`${assets.uploadedAt}`,
    sql`${assetVersions.width}`,
    sql`${assetVersions.height}`,
    sql`${assetVersions.durationMs}`,
    sql`${assetVersions.pageCount}`,
    sql`${assets.currentVersion}`,
    sql`${assetVersions.sha256}`,
    sql`${assets.priority}`,
    ...previewColumns(tables),
  ]);
}

/** The texts of a page in one parse. */
export function parseRows<Row>(rows: readonly { readonly row: string }[]): Row[] {
  return JSON.parse(`[${rows.map(({ row }) => row).join(',')}]`);
}
