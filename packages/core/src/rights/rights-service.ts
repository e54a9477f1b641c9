import type { AssetRights, assetRightsInputSchema, assetSetRightsInputSchema } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedAsset } from '../access/authorized.ts';
import { editedMeanwhile, notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';

type Get = z.output<typeof assetRightsInputSchema>;
type Change = z.output<typeof assetSetRightsInputSchema>;

/** What versions may be used for. Every method fails with `not_found` for what the caller may not see. */
export interface RightsService {
  get(caller: Caller, input: Get): Promise<AssetRights>;
  /** Replaces the rights of the current version. Fails with `conflict`. */
  set(caller: Caller, input: Change): Promise<AssetRights>;
}

export function createRightsService({ database, clock }: ServiceDependencies): RightsService {
  return {
    get: ({ actor }, { id, version }) =>
      database.read(async (readers) => {
        await authorizedAsset(readers, { actor, action: 'asset.read', id });
        const found = await readers.rights.find({ assetId: id, version });
        if (!found) throw notFound('asset');
        return found;
      }),

    set(caller, { id, rowVersion, rights }) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const check = { actor: caller.actor, action: 'asset.update', id } as const;
        const { clientId, campaignId, ...asset } = await authorizedAsset(writers, check);
        const before = await writers.rights.find({ assetId: id });
        const expectedRowVersion = rowVersion ?? asset.rowVersion;
        const after = await writers.rights.set({ assetId: id, expectedRowVersion, rights, at });
        if (!after) throw editedMeanwhile('asset', expectedRowVersion);
        await recordChange(writers, caller, at, {
          action: 'asset.setRights',
          target: { type: 'asset', id, campaignId },
          clientId,
          before,
          after,
        });
        return after;
      });
    },
  };
}
