import { createHash } from 'node:crypto';
import { type LegacyTable, type Sha256, sha256Schema } from '@vitrine/schema';
import { canonicalJson } from '../canonical-json.ts';
import { withStored } from '../uploads/store-staged.ts';
import { planAsset } from './legacy-assets.ts';
import { planBlob } from './legacy-blobs.ts';
import { planCampaign } from './legacy-campaigns.ts';
import { planClient } from './legacy-clients.ts';
import type { LegacyEntry, LegacySettled } from './legacy-repository.ts';
import type { LegacyRun, LegacyStep } from './legacy-run.ts';
import type { LegacyRow } from './legacy-source.ts';
import { planUser } from './legacy-users.ts';

const plans = {
  users: planUser,
  clients: planClient,
  campaigns: planCampaign,
  assets: planAsset,
  uploaded_assets: planAsset,
  client_assets: planAsset,
  campaign_assets: planAsset,
  asset_blobs: planBlob,
} as const satisfies Record<LegacyTable, (run: LegacyRun, row: LegacyRow) => Promise<LegacyStep>>;

/** What tells whether a row is still what it was. */
export function rowHashOf({ values }: LegacyRow): Sha256 {
  return sha256Schema.parse(createHash('sha256').update(canonicalJson(values)).digest('hex'));
}

/** One transaction makes what the row becomes and notes that it did. */
async function write({ dependencies }: LegacyRun, row: LegacyRow, step: LegacyStep): Promise<void> {
  const { database, clock, quarantine } = dependencies;
  const { outcome, targetId, notes, staged } = step;
  const { table, key, values } = row;
  const at = clock.now();
  const rowHash = rowHashOf(row);
  const entry = { table, key, outcome, targetId, notes, rowHash, row: JSON.stringify(values), at };
  if (staged && outcome !== 'quarantined') {
    await withStored(dependencies, staged, (blob) =>
      database.transaction(async (writers) => {
        await writers.blobs.ensure({ ...blob, at });
        await step.write?.(writers, at);
        await writers.legacy.put(entry);
      }),
    );
    return;
  }
  if (staged) await quarantine.put(staged);
  await database.transaction(async (writers) => {
    await step.write?.(writers, at);
    await writers.legacy.put(entry);
  });
}

/** Makes of a row what it becomes; `now` is false when that was so before, such as a file that is still missing. */
export async function settleLegacyRow(
  run: LegacyRun,
  row: LegacyRow,
  before: LegacyEntry | undefined,
): Promise<LegacySettled & { readonly now: boolean }> {
  const step = await plans[row.table](run, row);
  try {
    const now = !(before?.outcome === 'missing_bytes' && step.outcome === 'missing_bytes');
    if (now && !run.dryRun) await write(run, row, step);
    return { outcome: step.outcome, targetId: step.targetId, notes: step.notes, now };
  } finally {
    if (step.staged) await run.dependencies.staging.discard(step.staged);
  }
}
