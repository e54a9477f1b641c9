import {
  type AssetFacts,
  type AssetId,
  presetsOf,
  type RenditionStage,
  renditionStages,
} from '@vitrine/schema';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { Writers } from '../ports/database.ts';

interface Wanted {
  readonly assetId: AssetId;
  readonly version: number;
  readonly facts: AssetFacts;
  /** Milliseconds. */
  readonly at: number;
  /** Make again what is there already. */
  readonly remake?: boolean;
  /** Which stages; both unless said. */
  readonly stages?: readonly RenditionStage[];
}

/** What a person sees first goes ahead of everything else. */
const priorities: Record<RenditionStage, number> = { first: 10, rest: 0 };

/** Queues the making of a version's renditions, in the transaction that made it necessary. */
export async function enqueueRenditions(writers: Writers, wanted: Wanted): Promise<void> {
  const { assetId, version, facts, at, remake = false, stages = renditionStages } = wanted;
  const presets = presetsOf(facts);
  for (const stage of stages) {
    if (presets[stage].length === 0) continue;
    const priority = priorities[stage];
    // A remake waits beside one that only fills in what is missing: its payload differs, and so its key.
    await enqueueJob(writers, 'rendition.make', { assetId, version, stage, remake }, { at, priority });
  }
}
