import type { Readable } from 'node:stream';
import {
  type AssetId,
  type assetCreateFromHashInputSchema,
  assetIdSchema,
  type CampaignId,
  type ClientId,
  type Sha256,
  type UploadFields,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedAsset, authorizedClient } from '../access/authorized.ts';
import { mayRead, mayReuse } from '../access/may-read.ts';
import { AppError, notFound } from '../app-error.ts';
import type { AssetRecord } from '../assets/asset-record.ts';
import { campaignOfClient } from '../assets/campaign-of-client.ts';
import { splitTags } from '../assets/split-tags.ts';
import type { IdempotentAnswer } from '../idempotency/idempotency-repository.ts';
import type { StagedBlob } from '../ports/blob-store.ts';
import type { Readers, Writers } from '../ports/database.ts';
import { scanStaged } from '../quarantine/scan-staged.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { checkType } from './check-type.ts';
import { assetNameOf } from './file-name.ts';
import { assertRoomFor } from './quota.ts';
import { type Ingested, settleBytes } from './settle-bytes.ts';
import { withStored } from './store-staged.ts';

/** Where an upload is to go. */
interface UploadTarget {
  readonly clientId: ClientId;
  readonly campaignId?: CampaignId | undefined;
  /** A new version of this one. */
  readonly assetId?: AssetId | undefined;
}

export interface IngestInput {
  readonly fields: UploadFields;
  /** As the sender named it; a hint and the default name. */
  readonly fileName: string;
  readonly staged: StagedBlob;
  /** Where they were fetched from. */
  readonly sourceUrl?: string | null;
  /** Aborting means that the sender has gone: nothing is made then, with the signal's reason, up to the very transaction. */
  readonly signal?: AbortSignal;
  /** What else becomes true in the very transaction that gives the bytes their place. */
  readonly within?: (writers: Writers, ingested: Ingested) => Promise<void>;
}

type CreateFromHash = z.output<typeof assetCreateFromHashInputSchema>;

/** The way in for bytes. Multipart, resumable uploads and imports are doors into the same `ingest`. */
export interface UploadService {
  /**
   * May the caller upload here, as far as can be told before the bytes? Fails with `not_found`, `campaign_client_mismatch` or
   * `quota_exceeded`. `size` in bytes, where it is known.
   */
  authorize(caller: Caller, target: UploadTarget, size?: number | null): Promise<void>;
  /** Receives bytes into the staging area, durably. Fails with `too_large` or `storage_full`; then nothing is left. */
  stage(source: Readable, signal?: AbortSignal): Promise<StagedBlob>;
  /** Throws away bytes that will not be ingested. */
  discard(staged: StagedBlob): Promise<void>;
  /**
   * Gives staged bytes their place in the library: authorise, read the facts, store the bytes durably, then one transaction with the
   * blob, version, asset, tags, counters, audit event and the jobs that make its renditions. The outcome says whether that is a new
   * asset, a new version of the one that the fields name, or one that has these bytes already. Acknowledged means it survives a power
   * cut. Whatever happens, the staged file is gone afterwards. Fails with every code of an upload in the error table.
   */
  ingest(caller: Caller, input: IngestInput): Promise<Ingested>;
  /** Which of the client's assets, those in the trash not counted, have these bytes in their current version. */
  byHash(caller: Caller, query: { clientId: ClientId; sha256: Sha256 }): Promise<AssetRecord[]>;
  /**
   * Makes an asset of bytes that the client holds already. Fails with `not_found` when it does not, whoever else may; otherwise as
   * `ingest` does.
   */
  createFromHash(caller: Caller, input: CreateFromHash): Promise<Ingested>;
  /** What is said to whoever sends the same request again: the asset as it is now, and what became of the bytes then. */
  replay(caller: Caller, answer: IdempotentAnswer): Promise<Ingested>;
}

export function createUploadService(dependencies: ServiceDependencies): UploadService {
  const { database, clock, ids, staging, inspector, maxUploadBytes } = dependencies;

  async function authorizeIn(
    readers: Readers,
    { actor }: Caller,
    { clientId, campaignId, assetId }: UploadTarget,
  ): Promise<void> {
    if (assetId) {
      // It stays where it is, so that nothing else has to be allowed there than to edit it.
      const asset = await authorizedAsset(readers, { actor, action: 'asset.update', id: assetId });
      if (asset.clientId !== clientId) throw notFound('asset');
      if (campaignId) await campaignOfClient(readers, { actor, clientId, campaignId });
    } else if (campaignId) {
      await campaignOfClient(readers, { actor, action: 'asset.create', clientId, campaignId });
    } else await authorizedClient(readers, { actor, action: 'asset.create', id: clientId });
  }

  async function ingestStaged(
    caller: Caller,
    { fields, fileName, staged, sourceUrl = null, signal, within }: IngestInput,
  ): Promise<Ingested> {
    await database.read((readers) => authorizeIn(readers, caller, fields));
    if (staged.size === 0) {
      throw new AppError(
        'unreadable_media',
        'The file is empty (0 bytes). Choose another one or export it again.',
      );
    }
    await scanStaged(dependencies, caller, { clientId: fields.clientId, fileName, staged });
    const { mimeType, ...facts } = await inspector.inspect({
      path: staged.path,
      size: staged.size,
      fileName,
    });
    checkType({ ...facts, mimeType }, { type: fields.type, fileName });
    // Refuses a role of another kind before anything is stored.
    splitTags(facts.type, fields.tags);

    const at = clock.now();
    const bytes = { facts, mimeType, size: staged.size, sha256: staged.sha256, sourceUrl };
    const named = { ...fields, name: fields.name ?? assetNameOf(fileName) };
    return withStored(dependencies, staged, (blob) =>
      database.transaction(async (writers) => {
        signal?.throwIfAborted();
        // Again inside the transaction: the client may have gone while the bytes were on their way.
        await authorizeIn(writers, caller, fields);
        await writers.blobs.ensure({ ...blob, at });
        const ingested = await settleBytes(writers, caller, { fields: named, bytes, at }, ids);
        await within?.(writers, ingested);
        return ingested;
      }),
    );
  }

  return {
    authorize: (caller, target, size = null) =>
      database.read(async (readers) => {
        await authorizeIn(readers, caller, target);
        const more = { bytes: size ?? 0, assets: target.assetId ? 0 : 1 };
        await assertRoomFor(readers, target.clientId, more);
      }),
    stage: (source, signal) =>
      staging.receive(source, { maxBytes: maxUploadBytes, ...(signal && { signal }) }),
    discard: (staged) => staging.discard(staged),
    byHash({ actor }, { clientId, sha256 }) {
      return database.read(async (readers) => {
        await authorizedClient(readers, { actor, action: 'asset.list', id: clientId });
        const stored = await readers.blobs.find(sha256);
        // Whoever asks is to send the bytes: they put right what is stored.
        if (stored?.damage) return [];
        const held = await readers.assets.withBytes({ clientId, sha256 });
        const found = await Promise.all(
          held
            .filter((one) => one.current && !one.trashed)
            .map(async (one) =>
              (await mayRead(readers, actor, one)) ? readers.assets.find(one.assetId) : null,
            ),
        );
        return found.filter((asset) => asset !== null);
      });
    },
    createFromHash(caller, { sha256, ...fields }) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        await authorizeIn(writers, caller, fields);
        const holders = await writers.assets.withBytes({ clientId: fields.clientId, sha256 });
        const seen = await Promise.all(holders.map((one) => mayReuse(writers, caller.actor, one)));
        const held = holders.find((_, index) => seen[index]);
        const blob = held && (await writers.blobs.find(sha256));
        // What is damaged is put right by those who send the bytes.
        if (!blob || blob.damage) throw notFound('file');
        await writers.blobs.ensure({ ...blob, known: true, at });
        const { facts, mimeType, size } = held;
        const bytes = { facts, mimeType, size, sha256, sourceUrl: null };
        return settleBytes(writers, caller, { fields, bytes, at }, ids);
      });
    },
    replay({ actor }, { id, outcome = 'created' }) {
      // What an upload may turn out to be: a key that only uploads is told of its own uploads, too.
      const check = { actor, action: 'asset.create', id: assetIdSchema.parse(id) } as const;
      return database.read(async (readers) => ({ outcome, asset: await authorizedAsset(readers, check) }));
    },
    async ingest(caller, input) {
      try {
        return await ingestStaged(caller, input);
      } finally {
        await staging.discard(input.staged);
      }
    },
  };
}
