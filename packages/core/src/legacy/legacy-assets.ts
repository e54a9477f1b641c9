import {
  type AssetId,
  assetIdSchema,
  formatOfFileName,
  type LegacyNote,
  unassignedClientId,
} from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import { auditedAsset } from '../assets/asset-record.ts';
import { splitTags } from '../assets/split-tags.ts';
import { recordSystemChange } from '../audit/record-change.ts';
import type { StagedBlob } from '../ports/blob-store.ts';
import type { Inspection } from '../ports/media-inspector.ts';
import { enqueueRenditions } from '../renditions/enqueue-renditions.ts';
import { enqueueTextReading } from '../search/text-service.ts';
import { assetNameOf } from '../uploads/file-name.ts';
import { findLegacyBytes } from './legacy-bytes.ts';
import { correctedClaims } from './legacy-claims.ts';
import { idOfLegacy, otherIdOfLegacy } from './legacy-id.ts';
import { clientOf, type LegacyPlace, placeOf, userOf } from './legacy-places.ts';
import type { LegacyRun, LegacyStep } from './legacy-run.ts';
import type { LegacyRow } from './legacy-source.ts';
import { understandTags } from './legacy-tags.ts';
import { understandTime } from './legacy-time.ts';
import { note } from './note.ts';
import { quarantineStep } from './quarantine-step.ts';
import { type LegacyAsset, readLegacyAsset } from './read-legacy-asset.ts';
import { ensureUnassignedClient } from './unassigned-client.ts';

type Verdict = { readonly inspection: Inspection } | { readonly refused: string };

/** What the bytes are, or why they are no asset. What fails for another reason, such as a full disk, ends the import. */
async function probe(
  { dependencies }: LegacyRun,
  { path, size }: StagedBlob,
  fileName: string,
): Promise<Verdict> {
  const verdict = await dependencies.scanner?.scan(path);
  if (verdict && !verdict.clean) return { refused: `The scan refused the file: ${verdict.reason}` };
  try {
    return { inspection: await dependencies.inspector.inspect({ path, size, fileName }) };
  } catch (error) {
    if (
      error instanceof AppError &&
      (error.code === 'unsupported_format' || error.code === 'unreadable_media')
    ) {
      return { refused: error.message };
    }
    throw error;
  }
}

/** Its own id, or another where that is taken; the tables of older generations repeat rows of newer ones. */
async function idFor({ dependencies, known }: LegacyRun, { table, key }: LegacyRow): Promise<AssetId> {
  const own = assetIdSchema.parse(idOfLegacy(table, key));
  const taken =
    typeof known.assets.get(own) === 'string' ||
    (await dependencies.database.read((readers) => readers.legacy.isTaken(own)));
  return taken ? assetIdSchema.parse(otherIdOfLegacy(table, key)) : own;
}

function nameOf(asset: LegacyAsset, id: AssetId): { name: string; notes: LegacyNote[] } {
  const old = asset.name === null ? '' : String(asset.name);
  const name = assetNameOf(old.toWellFormed());
  if (old.trim() === '')
    return { name: asset.files.extension ? `${id}.${asset.files.extension}` : id, notes: [] };
  if (name === old) return { name, notes: [] };
  return { name, notes: [note('corrected', `'name' became '${name}'`, { field: 'name', old, new: name })] };
}

/** The client and campaign; in the oldest tables one of them says the other. */
function placed(run: LegacyRun, { table }: LegacyRow, asset: LegacyAsset): LegacyPlace {
  const place = placeOf(run, asset);
  // A row of `campaign_assets` never said its client, so that it is no news that it follows from the campaign.
  const told = table === 'campaign_assets' && place.campaignId !== null;
  return told ? { ...place, notes: [] } : place;
}

/** A row of any table of assets. Its facts are read from its bytes, whatever the row says. */
export async function planAsset(run: LegacyRun, row: LegacyRow): Promise<LegacyStep> {
  const asset = readLegacyAsset(row);
  const repeated = run.known.assets.get(idOfLegacy(row.table, row.key));
  if (repeated) {
    const words = 'a newer table of the old system has the same asset';
    return { outcome: 'merged', targetId: repeated, notes: [note('same_as', words, { new: repeated })] };
  }
  const { staging, clock } = run.dependencies;
  const id = await idFor(run, row);
  const place = placed(run, row, asset);
  const client = row.table === 'client_assets' ? clientOf(run, asset.clientKey) : undefined;
  const user = client ? { id: client.userId, notes: [] } : userOf(run, asset.userKey);
  const found = findLegacyBytes(run.source, row, asset);
  const name = nameOf(asset, id);
  const notes = [
    ...(id === row.key
      ? []
      : [note('id_changed', 'its id is no UUID, or is taken', { field: 'id', old: row.key, new: id })]),
    ...place.notes,
    // The oldest tables did not say who it was.
    ...(row.values['user_id'] === undefined ? [] : user.notes),
    ...name.notes,
    ...found.notes,
  ];
  if (!found.bytes) return { outcome: 'missing_bytes', targetId: null, notes };

  const staged = await staging.receive(found.bytes.open(), { maxBytes: Number.POSITIVE_INFINITY });
  const hint = formatOfFileName(name.name) ? name.name : `${name.name}.${asset.files.extension ?? 'bin'}`;
  const verdict = await probe(run, staged, hint);
  const owner = { clientId: place.clientId, userId: user.id };
  if ('refused' in verdict) {
    const file = { ...owner, id, fileName: name.name, reason: verdict.refused };
    return quarantineStep(run, staged, {
      ...file,
      notes: [...notes, note('bytes_refused', verdict.refused)],
    });
  }
  const { mimeType, ...facts } = verdict.inspection;
  const tags = understandTags(asset.tags, facts.type);
  const uploaded = understandTime(asset.uploadedAt, 'uploaded_at', clock.now());
  const { size, sha256 } = staged;
  return {
    outcome: 'imported',
    targetId: id,
    notes: [...notes, ...tags.notes, ...uploaded.notes, ...correctedClaims(asset, { facts, mimeType, size })],
    staged,
    async write(writers, at) {
      if (place.clientId === unassignedClientId) await ensureUnassignedClient(writers, run.ownerId, at);
      const made = await writers.assets.insert({
        ...owner,
        ...splitTags(facts.type, tags.value),
        id,
        campaignId: place.campaignId,
        name: name.name,
        facts,
        mimeType,
        size,
        sha256,
        sourceUrl: asset.sourceUrl,
        at: uploaded.value,
      });
      await recordSystemChange(writers, at, {
        action: 'asset.import',
        target: { type: 'asset', id, campaignId: made.campaignId },
        clientId: made.clientId,
        after: auditedAsset(made),
      });
      await enqueueRenditions(writers, { assetId: id, version: made.version, facts, at });
      await enqueueTextReading(writers, { assetId: id, version: made.version, facts, at });
    },
  };
}
