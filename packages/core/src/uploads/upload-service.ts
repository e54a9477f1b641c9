import type { Readable } from 'node:stream';
import type { CampaignId, ClientId, UploadFields } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError } from '../app-error.ts';
import { type AssetRecord, auditedAsset } from '../assets/asset-record.ts';
import { campaignOfClient } from '../assets/campaign-of-client.ts';
import { splitTags } from '../assets/split-tags.ts';
import { recordChange } from '../audit/record-change.ts';
import type { StagedBlob } from '../ports/blob-store.ts';
import type { Readers } from '../ports/database.ts';
import { enqueueRenditions } from '../renditions/enqueue-renditions.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { checkType } from './check-type.ts';
import { assetNameOf } from './file-name.ts';
import { storeStaged } from './store-staged.ts';

export interface IngestInput {
  readonly fields: UploadFields;
  /** As the sender named it; a hint and the default name. */
  readonly fileName: string;
  readonly staged: StagedBlob;
}

/** The way in for bytes. Multipart, resumable uploads and imports are doors into the same `ingest`. */
export interface UploadService {
  /** Before a byte of the body is read: may this credential upload at all? Fails with `forbidden`. */
  assertMayUpload(caller: Caller): void;
  /** May the caller upload here? Fails with `not_found` or `campaign_client_mismatch`. */
  authorize(
    caller: Caller,
    target: { clientId: ClientId; campaignId?: CampaignId | undefined },
  ): Promise<void>;
  /** Receives bytes into the staging area, durably. Fails with `too_large` or `storage_full`; then nothing is left. */
  stage(source: Readable, signal?: AbortSignal): Promise<StagedBlob>;
  /** Throws away bytes that will not be ingested. */
  discard(staged: StagedBlob): Promise<void>;
  /**
   * Makes an asset of staged bytes: authorise, read the facts, store the bytes durably, then one transaction with the
   * blob, version, asset, tags, counters, audit event and the jobs that make its renditions. Acknowledged means it survives a power cut. Whatever happens,
   * the staged file is gone afterwards. Fails with every code of an upload in the error table.
   */
  ingest(caller: Caller, input: IngestInput): Promise<AssetRecord>;
}

export function createUploadService(dependencies: ServiceDependencies): UploadService {
  const { database, clock, ids, staging, inspector, maxUploadBytes } = dependencies;

  async function authorizeIn(
    readers: Readers,
    { actor }: Caller,
    target: { clientId: ClientId; campaignId?: CampaignId | undefined },
  ): Promise<void> {
    const { clientId, campaignId } = target;
    await authorizedClient(readers, { actor, action: 'asset.create', id: clientId });
    if (campaignId) await campaignOfClient(readers, { actor, clientId, campaignId });
  }

  async function ingestStaged(
    caller: Caller,
    { fields, fileName, staged }: IngestInput,
  ): Promise<AssetRecord> {
    await database.read((readers) => authorizeIn(readers, caller, fields));
    if (staged.size === 0) {
      throw new AppError(
        'unreadable_media',
        'The file is empty (0 bytes). Choose another one or export it again.',
      );
    }
    const { mimeType, ...facts } = await inspector.inspect({
      path: staged.path,
      size: staged.size,
      fileName,
    });
    checkType({ ...facts, mimeType }, { type: fields.type, fileName });
    const { roles, tags } = splitTags(facts.type, fields.tags);

    const blob = await storeStaged(dependencies, staged);
    const at = clock.now();
    return database.transaction(async (writers) => {
      // Again inside the transaction: the client may have gone while the bytes were on their way.
      await authorizeIn(writers, caller, fields);
      await writers.blobs.ensure({ ...blob, at });
      const asset = await writers.assets.insert({
        id: ids.asset(),
        userId: caller.actor.userId,
        clientId: fields.clientId,
        campaignId: fields.campaignId ?? null,
        name: fields.name ?? assetNameOf(fileName),
        facts,
        mimeType,
        size: staged.size,
        sha256: staged.sha256,
        roles,
        tags,
        at,
      });
      await recordChange(writers, caller, at, {
        action: 'asset.create',
        target: { type: 'asset', id: asset.id, campaignId: asset.campaignId },
        clientId: asset.clientId,
        after: auditedAsset(asset),
      });
      await enqueueRenditions(writers, { assetId: asset.id, version: asset.version, facts, at });
      return asset;
    });
  }

  return {
    assertMayUpload: ({ actor }) => assertCredential(actor, 'asset.create'),
    authorize: (caller, target) => database.read((readers) => authorizeIn(readers, caller, target)),
    stage: (source, signal) =>
      staging.receive(source, { maxBytes: maxUploadBytes, ...(signal && { signal }) }),
    discard: (staged) => staging.discard(staged),
    async ingest(caller, input) {
      try {
        return await ingestStaged(caller, input);
      } finally {
        await staging.discard(input.staged);
      }
    },
  };
}
