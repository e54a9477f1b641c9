import {
  type AssetId,
  type Lineage,
  type LineageAffected,
  type LineageItem,
  type lineageAffectedInputSchema,
  type lineageInputSchema,
  type lineageSetInputSchema,
  maxLineageDepth,
  type VersionRef,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedAsset } from '../access/authorized.ts';
import type { Visibility } from '../access/policy.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { LineageDirection, LineageWalk } from './lineage-repository.ts';
import { recordLineage } from './record-lineage.ts';
import { trace } from './trace.ts';

type Change = z.output<typeof lineageSetInputSchema>;
type Question = z.output<typeof lineageInputSchema>;
type Affected = z.output<typeof lineageAffectedInputSchema>;

/** Where versions come from and where they went. Every method fails with `not_found` for what the caller may not see. */
export interface LineageService {
  /** Replaces what is said of a version. Fails with `lineage_cycle`; the answer is what it is made of now, at one step. */
  set(caller: Caller, input: Change): Promise<Lineage>;
  /** What a version is made of, what that is made of, and so on. */
  madeOf(caller: Caller, input: Question): Promise<Lineage>;
  /** What a version was used in, what that was used in, and so on. */
  usedIn(caller: Caller, input: Question): Promise<Lineage>;
  /** What is current, not in the trash and made of a version of the asset, at however many steps: what must be pulled with it. */
  affected(caller: Caller, input: Affected): Promise<LineageAffected>;
}

/** How many steps one answer follows. */
const maxSteps = 5000;

/** Follows every step, also through what is not seen; only what is seen is named. */
async function walked(readers: Readers, visibility: Visibility, walk: Omit<LineageWalk, 'limit'>) {
  const steps = await readers.lineage.walk({ ...walk, limit: maxSteps + 1 });
  const items = trace(steps.slice(0, maxSteps));
  return { items: await seenOf(readers, visibility, items), complete: steps.length <= maxSteps };
}

async function seenOf(
  readers: Readers,
  visibility: Visibility,
  items: LineageItem[],
): Promise<LineageItem[]> {
  if (visibility.kind === 'all') return items;
  const ids = [...new Set(items.map(({ assetId }) => assetId))];
  const seen = new Set(await readers.access.visible({ ids, visibility }));
  return items.filter(({ assetId }) => seen.has(assetId));
}

/** The version that is meant, if there is such a one. */
async function versionOf(
  readers: Readers,
  asset: { readonly id: AssetId; readonly version: number },
  version = asset.version,
): Promise<VersionRef> {
  if (!(await readers.rights.find({ assetId: asset.id, version }))) throw notFound('asset');
  return { assetId: asset.id, version };
}

export function createLineageService({ database, clock }: ServiceDependencies): LineageService {
  async function lineageOf(
    readers: Readers,
    from: VersionRef & { readonly seenBy: Visibility },
    walk: { readonly direction: LineageDirection; readonly depth: number },
  ): Promise<Lineage> {
    const { seenBy, ...ref } = from;
    const generation = await readers.lineage.generation(ref);
    // One step more than is answered tells whether there is more.
    const { items, complete } = await walked(readers, seenBy, { ...walk, from: ref, depth: walk.depth + 1 });
    const near = items.filter(({ depth }) => depth <= walk.depth);
    return { ...ref, generation, items: near, complete: complete && near.length === items.length };
  }

  const ask =
    (direction: LineageDirection) =>
    (caller: Caller, { id, version, depth }: Question) =>
      database.read(async (readers) => {
        const asset = await authorizedAsset(readers, { actor: caller.actor, action: 'asset.read', id });
        const seenBy = await visibilityIn(readers, caller.actor, asset.clientId);
        const ref = await versionOf(readers, asset, version);
        return lineageOf(readers, { ...ref, seenBy }, { direction, depth });
      });

  return {
    madeOf: ask('made_of'),
    usedIn: ask('used_in'),

    set(caller, { id, derivedFrom, generation, ...input }) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const check = { actor: caller.actor, action: 'asset.update', id } as const;
        const asset = await authorizedAsset(writers, check);
        const { clientId, campaignId } = asset;
        await writers.lineage.lock(clientId);
        const ref = await versionOf(writers, asset, input.version);
        const recorded = async () => ({
          version: ref.version,
          derivedFrom: await writers.lineage.derivedFrom(ref),
          generation: await writers.lineage.generation(ref),
        });
        const before = await recorded();
        await recordLineage(writers, caller.actor, { ...ref, clientId, derivedFrom, generation });
        await recordChange(writers, caller, at, {
          action: 'lineage.set',
          target: { type: 'asset', id, campaignId },
          clientId,
          before,
          after: await recorded(),
        });
        const seenBy = await visibilityIn(writers, caller.actor, clientId);
        return lineageOf(writers, { ...ref, seenBy }, { direction: 'made_of', depth: 1 });
      });
    },

    affected: ({ actor }, { id, version }) =>
      database.read(async (readers) => {
        const asset = await authorizedAsset(readers, { actor, action: 'asset.read', id });
        const from = version === undefined ? null : (await versionOf(readers, asset, version)).version;
        const seenBy = await visibilityIn(readers, actor, asset.clientId);
        const { items, complete } = await walked(readers, seenBy, {
          direction: 'used_in',
          from: { assetId: id, version: from },
          depth: maxLineageDepth + 1,
        });
        const near = items.filter(({ depth }) => depth <= maxLineageDepth);
        // Asked about all its versions, an asset that was edited does not fall with itself.
        const others = near.filter((item) => from !== null || item.assetId !== id);
        return {
          assetId: id,
          version: from,
          items: others.filter(({ current, trashed }) => current && !trashed),
          complete: complete && near.length === items.length,
        };
      }),
  };
}
