import type { AssetId, versionRestoreInputSchema } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedAsset } from '../access/authorized.ts';
import { editedMeanwhile, notFound } from '../app-error.ts';
import { type AssetRecord, auditedAsset } from '../assets/asset-record.ts';
import { recordChange } from '../audit/record-change.ts';
import { enqueueRenditions } from '../renditions/enqueue-renditions.ts';
import { enqueueTextReading } from '../search/text-service.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { assertWithinQuota } from '../uploads/quota.ts';
import type { VersionRecord } from './version-repository.ts';

type Restore = z.output<typeof versionRestoreInputSchema>;

/** The history of an asset's bytes. Every method fails with `not_found` for what the caller may not see. */
export interface VersionService {
  /** Newest first. */
  list(caller: Caller, id: AssetId): Promise<VersionRecord[]>;
  /**
   * Makes an earlier version's bytes current again, as a new version: nothing of the history is lost. The current one's are so already,
   * and nothing is done. Fails with `conflict` or `quota_exceeded`.
   */
  restore(caller: Caller, input: Restore): Promise<AssetRecord>;
}

export function createVersionService({ database, clock }: ServiceDependencies): VersionService {
  return {
    list: ({ actor }, id) =>
      database.read(async (readers) => {
        await authorizedAsset(readers, { actor, action: 'asset.read', id });
        return readers.versions.list(id);
      }),

    restore(caller, { id, version: number, ...input }) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const { actor } = caller;
        const before = await authorizedAsset(writers, { actor, action: 'asset.update', id });
        const expectedRowVersion = input.rowVersion ?? before.rowVersion;
        if (before.rowVersion !== expectedRowVersion) throw editedMeanwhile('asset', expectedRowVersion);
        const old = await writers.versions.find({ assetId: id, number });
        if (!old) throw notFound('version');
        if (old.sha256 === before.sha256) return before;
        const { facts, mimeType, size, sha256, sourceUrl, rights, posterMs } = old;
        await writers.blobs.ensure({ sha256, size, store: old.store, known: true, at });
        const added = await writers.assets.addVersion({
          id,
          expectedRowVersion,
          userId: actor.userId,
          facts,
          mimeType,
          size,
          sha256,
          sourceUrl,
          rights,
          note: input.note || `Version ${number} again`,
          at,
        });
        if (!added) throw editedMeanwhile('asset', expectedRowVersion);
        await assertWithinQuota(writers, added.clientId);
        if (posterMs !== null)
          await writers.versions.setPoster({ assetId: id, number: added.version, posterMs });
        await writers.versions.copyRenditions({ assetId: id, from: number, to: added.version });
        await enqueueRenditions(writers, { assetId: id, version: added.version, facts, at });
        await enqueueTextReading(writers, { assetId: id, version: added.version, facts, at });
        const asset = await writers.assets.find(id);
        if (!asset) throw new Error('The asset is not there after it was written.');
        await recordChange(writers, caller, at, {
          action: 'asset.addVersion',
          target: { type: 'asset', id, campaignId: asset.campaignId },
          clientId: asset.clientId,
          before: auditedAsset(before),
          after: auditedAsset(asset),
        });
        return asset;
      });
    },
  };
}
