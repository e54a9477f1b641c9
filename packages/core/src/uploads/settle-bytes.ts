import type {
  AssetFacts,
  assetCreateFromHashInputSchema,
  IngestOutcome,
  Sha256,
  UploadFields,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedAsset } from '../access/authorized.ts';
import { mayReuse } from '../access/may-read.ts';
import { AppError, editedMeanwhile, notFound } from '../app-error.ts';
import { type AssetRecord, auditedAsset } from '../assets/asset-record.ts';
import type { HeldBytes } from '../assets/asset-repository.ts';
import { splitTags } from '../assets/split-tags.ts';
import { recordChange } from '../audit/record-change.ts';
import { completeOnce } from '../idempotency/complete-once.ts';
import { recordLineage } from '../lineage/record-lineage.ts';
import type { Writers } from '../ports/database.ts';
import type { Ids } from '../ports/ids.ts';
import { enqueueRenditions } from '../renditions/enqueue-renditions.ts';
import { enqueueTextReading } from '../search/text-service.ts';
import { assertWithinQuota } from './quota.ts';

/** What bytes turned out to be. Their blob's row exists. */
interface KnownBytes {
  readonly facts: AssetFacts;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: Sha256;
  /** Where they were fetched from; null when they were sent. */
  readonly sourceUrl: string | null;
}

/** What became of bytes that came in. */
export interface Ingested {
  readonly outcome: IngestOutcome;
  readonly asset: AssetRecord;
}

type NewAssetFields = Omit<z.output<typeof assetCreateFromHashInputSchema>, 'sha256'>;

export interface Settlement {
  readonly fields: NewAssetFields & Pick<UploadFields, 'assetId' | 'rowVersion'>;
  readonly bytes: KnownBytes;
  /** Milliseconds. */
  readonly at: number;
}

/**
 * Gives bytes their place in the library, in a transaction that has locked their blob's row (`blobs.ensure`): a new asset, a new version,
 * or what is there already. Nothing here asks whether the caller may use the client; that was checked in the same transaction.
 */
export async function settleBytes(
  writers: Writers,
  caller: Caller,
  settlement: Settlement,
  ids: Pick<Ids, 'asset'>,
): Promise<Ingested> {
  const { fields, bytes } = settlement;
  const held = await writers.assets.withBytes({ clientId: fields.clientId, sha256: bytes.sha256 });
  const ingested = fields.assetId
    ? await replaceBytes(writers, caller, { ...settlement, assetId: fields.assetId }, held)
    : ((await reuse(writers, caller, settlement, held)) ?? (await create(writers, caller, settlement, ids)));
  const { asset, outcome } = ingested;
  await completeOnce(writers, caller, { type: 'asset', id: asset.id, outcome });
  return ingested;
}

/** What the current version was made of, and how. */
function recordOrigin(
  writers: Writers,
  { actor }: Caller,
  { id: assetId, version, clientId }: AssetRecord,
  { derivedFrom, generation }: Settlement['fields'],
): Promise<void> {
  return recordLineage(writers, actor, { assetId, version, clientId, derivedFrom, generation });
}

/** The asset that has these bytes at this client and campaign, fetched out of the trash if it lies there. */
async function reuse(
  writers: Writers,
  caller: Caller,
  { fields, at }: Settlement,
  held: readonly HeldBytes[],
): Promise<Ingested | null> {
  if (fields.duplicates === 'keep') return null;
  const alike = held.filter(
    ({ current, campaignId }) => current && campaignId === (fields.campaignId ?? null),
  );
  // What they may not see is no duplicate to them: an answer would tell that it is there.
  let same: HeldBytes | undefined;
  for (const one of alike) {
    if (!same && (await mayReuse(writers, caller.actor, one))) same = one;
  }
  if (!same) return null;
  if (!same.trashed) {
    const asset = await writers.assets.find(same.assetId);
    return asset && { outcome: 'deduplicated', asset };
  }
  const { assetId: id, rowVersion: expectedRowVersion } = same;
  const asset = await writers.assets.restore({ id, expectedRowVersion, at });
  if (!asset) throw editedMeanwhile('asset', expectedRowVersion);
  await assertWithinQuota(writers, asset.clientId);
  await recordChange(writers, caller, at, {
    action: 'asset.restore',
    target: { type: 'asset', id, campaignId: asset.campaignId },
    clientId: asset.clientId,
    after: auditedAsset(asset),
  });
  return { outcome: 'restored', asset };
}

async function create(
  writers: Writers,
  caller: Caller,
  { fields, bytes, at }: Settlement,
  ids: Pick<Ids, 'asset'>,
): Promise<Ingested> {
  const { facts } = bytes;
  const asset = await writers.assets.insert({
    ...bytes,
    ...splitTags(facts.type, fields.tags),
    id: ids.asset(),
    userId: caller.actor.userId,
    clientId: fields.clientId,
    campaignId: fields.campaignId ?? null,
    name: fields.name,
    path: fields.path || null,
    note: fields.note || null,
    ...(fields.rights && { rights: fields.rights }),
    at,
  });
  await assertWithinQuota(writers, asset.clientId);
  await recordOrigin(writers, caller, asset, fields);
  await recordChange(writers, caller, at, {
    action: 'asset.create',
    target: { type: 'asset', id: asset.id, campaignId: asset.campaignId },
    clientId: asset.clientId,
    after: auditedAsset(asset),
  });
  await enqueueRenditions(writers, { assetId: asset.id, version: asset.version, facts, at });
  await enqueueTextReading(writers, { assetId: asset.id, version: asset.version, facts, at });
  return { outcome: 'created', asset };
}

async function replaceBytes(
  writers: Writers,
  caller: Caller,
  { fields, bytes, at, assetId: id }: Settlement & { readonly assetId: AssetRecord['id'] },
  held: readonly HeldBytes[],
): Promise<Ingested> {
  const before = await authorizedAsset(writers, { actor: caller.actor, action: 'asset.update', id });
  if (before.clientId !== fields.clientId) throw notFound('asset');
  const expectedRowVersion = fields.rowVersion ?? before.rowVersion;
  if (before.rowVersion !== expectedRowVersion) throw editedMeanwhile('asset', expectedRowVersion);
  if (before.type !== bytes.facts.type) {
    throw new AppError(
      'type_mismatch',
      `The asset is of the kind '${before.type}' and the bytes are of the kind '${bytes.facts.type}'. A new version has the kind of the asset; upload these as an asset of their own.`,
    );
  }
  if (before.sha256 === bytes.sha256) return { outcome: 'deduplicated', asset: before };
  const asset = await writers.assets.addVersion({
    ...bytes,
    id,
    expectedRowVersion,
    userId: caller.actor.userId,
    note: fields.note || null,
    ...(fields.rights && { rights: fields.rights }),
    at,
  });
  if (!asset) throw editedMeanwhile('asset', expectedRowVersion);
  await assertWithinQuota(writers, asset.clientId);
  await recordOrigin(writers, caller, asset, fields);
  await recordChange(writers, caller, at, {
    action: 'asset.addVersion',
    target: { type: 'asset', id, campaignId: asset.campaignId },
    clientId: asset.clientId,
    before: auditedAsset(before),
    after: auditedAsset(asset),
  });
  await enqueueRenditions(writers, { assetId: id, version: asset.version, facts: bytes.facts, at });
  await enqueueTextReading(writers, { assetId: id, version: asset.version, facts: bytes.facts, at });
  const wasThere = held.some(({ assetId }) => assetId === id);
  return { outcome: wasThere ? 'restored' : 'new_version', asset };
}
