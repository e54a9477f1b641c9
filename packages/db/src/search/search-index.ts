import { facetToken } from '@vitrine/core';
import {
  type AssetFormat,
  type AssetId,
  type AssetType,
  roles as allRoles,
  type CampaignId,
  type ClientId,
  tokensOf,
} from '@vitrine/schema';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { unitSeparator } from '../dialect.ts';
import { currentVersion } from '../repositories/asset-columns.ts';
import { once } from '../repositories/once.ts';
import type { RepositoryContext } from '../repositories/repository-context.ts';

const value = (name: string) => sql.placeholder(name);
/** Characters of a document's words; an index of more than that is mostly of one document. */
const longestBody = 200_000;

interface Row {
  readonly type: AssetType;
  readonly format: AssetFormat;
  readonly name: string;
  readonly path: string | null;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly size: number;
  readonly durationMs: number | null;
  readonly uploadedAt: number;
  readonly roles: string | null;
  readonly tags: string | null;
  readonly text: string | null;
}

const split = (joined: string | null) => (joined === null ? [] : joined.split(unitSeparator));

function facetsOf(row: Row): string[] {
  const roles = allRoles.filter((role) => split(row.roles).includes(role));
  const tags = split(row.tags);
  return [
    facetToken.any,
    facetToken.kind(row.type),
    facetToken.format(row.format),
    facetToken.client(row.clientId),
    facetToken.size(row.size),
    ...(row.durationMs === null ? [] : [facetToken.duration(row.durationMs)]),
    ...(row.campaignId === null ? [] : [facetToken.campaign(row.campaignId), facetToken.has('campaign')]),
    ...roles.map(facetToken.role),
    ...(roles.length > 0 ? [facetToken.has('role')] : []),
    ...tags.map((id) => facetToken.tag(id)),
    ...(tags.length > 0 ? [facetToken.has('tag')] : []),
  ];
}

function bodyOf(text: string): string {
  const words = tokensOf(text).join(' ');
  return words.length <= longestBody ? words : words.slice(0, words.lastIndexOf(' ', longestBody));
}

/**
 * Writes to the search index, in the transaction that changes an asset, what its rows say now; an asset that is in the trash or gone
 * goes from the index. Names of clients, campaigns and tags are not in it, only their ids.
 */
export function createSearchIndex(context: RepositoryContext): (id: AssetId) => Promise<void> {
  const { db, tables, dialect } = context;
  const { assets, assetVersions, assetRoles, assetTags, assetTexts, assetSearch, assetSearchAssets } = tables;

  const docidOf = sql`(select ${assetSearchAssets.docid} from ${assetSearchAssets} where ${assetSearchAssets.assetId} = ${value('id')})`;

  const rowOf = once(() =>
    db
      .select({
        type: assets.type,
        format: assetVersions.format,
        name: assets.name,
        path: assets.path,
        clientId: assets.clientId,
        campaignId: assets.campaignId,
        size: assetVersions.size,
        durationMs: assetVersions.durationMs,
        uploadedAt: assets.uploadedAt,
        roles: dialect.joined(
          sql`${assetRoles.role}`,
          sql`${assetRoles} where ${assetRoles.assetId} = ${assets.id}`,
        ),
        tags: dialect.joined(
          sql`${assetTags.tagId}`,
          sql`${assetTags} where ${assetTags.assetId} = ${assets.id}`,
        ),
        text: assetTexts.text,
      })
      .from(assets)
      .innerJoin(assetVersions, currentVersion(context))
      .leftJoin(
        assetTexts,
        and(eq(assetTexts.assetId, assets.id), eq(assetTexts.version, assets.currentVersion)),
      )
      .where(and(eq(assets.id, value('id')), isNull(assets.trashedAt)))
      .prepare(),
  );

  const isThere = once(() =>
    db
      .select({ id: assetSearchAssets.assetId })
      .from(assetSearchAssets)
      .where(eq(assetSearchAssets.assetId, value('id')))
      .prepare(),
  );

  const insertDocid = once(() =>
    db
      .insert(assetSearchAssets)
      .values({ assetId: value('id'), docid: dialect.search.newDocid(sql`${value('at')}`) })
      .prepare(),
  );

  const insertWords = once(() =>
    db
      .insert(assetSearch)
      .values({
        docid: docidOf,
        name: value('name'),
        labels: value('labels'),
        body: value('body'),
        facets: value('facets'),
      })
      .prepare(),
  );

  const removeWords = once(() =>
    db.delete(assetSearch).where(sql`${assetSearch.docid} = ${docidOf}`).prepare(),
  );
  const removeDocid = once(() =>
    db
      .delete(assetSearchAssets)
      .where(eq(assetSearchAssets.assetId, value('id')))
      .prepare(),
  );

  return async (id) => {
    const [known] = await isThere().execute({ id });
    if (known) {
      await removeWords().execute({ id });
      await removeDocid().execute({ id });
    }
    const [row] = await rowOf().execute({ id });
    if (!row) return;
    const name = tokensOf(row.name);
    const labels = tokensOf(`${split(row.roles).join(' ')} ${row.path ?? ''}`);
    const body = row.text === null ? '' : bodyOf(row.text);
    await insertDocid().execute({ id, at: row.uploadedAt });
    await insertWords().execute({
      id,
      name: name.join(' '),
      labels: labels.join(' '),
      body,
      facets: facetsOf(row).join(' '),
    });
    await dialect.search.keepWords(db, [...name, ...labels, ...body.split(' ')]);
  };
}
