import { setImmediate as otherWork } from 'node:timers/promises';
import type { AssetId, BulkOutcome, BulkReason, CampaignId, ClientId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { type Authorized, permittedAsset } from '../access/authorized.ts';
import type { Action } from '../access/permission.ts';
import { recordChange } from '../audit/record-change.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Readers, Writers } from '../ports/database.ts';
import { type AssetRecord, auditedAsset } from './asset-record.ts';
import type { AssetPatch } from './asset-repository.ts';

/** Why an asset is passed over. */
export interface Skipped {
  readonly reason: BulkReason;
  readonly detail: string;
}

/** Another client, and its campaign. */
interface Assignment {
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
}

/** What is to be done with an asset: null where it is so already. */
type Decision = AssetPatch | Assignment | Skipped | 'trash' | null;

export interface BulkEdit {
  readonly caller: Caller;
  /** Milliseconds. */
  readonly at: number;
  /** What each asset is asked for. */
  readonly action: Action;
  readonly decide: (asset: AssetRecord, readers: Readers) => Decision | Promise<Decision>;
}

/** So many edits take some ten milliseconds. */
const editsAtATime = 10;
const mostTries = 3;

type Edited = { readonly before: AssetRecord; readonly after: AssetRecord | null };

const missing: Skipped = { reason: 'not_found', detail: 'There is no such asset.' };
const edited: Skipped = { reason: 'edited_meanwhile', detail: 'Others edit it just now. Try it again.' };

const linked: Skipped = {
  reason: 'linked_assets',
  detail:
    'It was made of other assets, or others of it, and they are of one client. Take that lineage away first.',
};

function isSkipped(decision: AssetPatch | Assignment | Skipped): decision is Skipped {
  return 'reason' in decision;
}

/**
 * Edits assets in a transaction, each as an edit of its own: its row version grows, the audit log has an event of it, and those who watch
 * hear of it. What cannot be done is passed over. The answer is in the order of the ids; the writes are in another, the same for everybody, so
 * that two such steps do not wait for each other crosswise. Other work of the process has its turn in between.
 */
export async function bulkStep(
  writers: Writers,
  { caller, at, action, decide }: BulkEdit,
  ids: readonly AssetId[],
): Promise<BulkOutcome[]> {
  const outcomes = new Map<AssetId, BulkOutcome>();
  const done: Edited[] = [];

  async function write(
    before: Authorized<AssetRecord>,
    decision: AssetPatch | Assignment | 'trash',
  ): Promise<Edited | 'linked' | null> {
    const change = { id: before.id, expectedRowVersion: before.rowVersion, at };
    if (decision === 'trash') return (await writers.assets.trash(change)) ? { before, after: null } : null;
    if ('clientId' in decision) {
      const after = await writers.assets.assign({ ...change, ...decision });
      return after === 'linked' ? after : after && { before, after };
    }
    const after = await writers.assets.update({ ...change, patch: decision });
    return after && { before, after };
  }

  async function edit(id: AssetId): Promise<BulkOutcome> {
    // Where somebody else's edit came first, what is to be done is decided anew.
    for (let tries = 0; tries < mostTries; tries += 1) {
      const found = await writers.assets.find(id);
      const asset = found && (await permittedAsset(writers, { actor: caller.actor, action, asset: found }));
      if (!asset) return { id, outcome: 'skipped', ...missing };
      const decision = await decide(asset, writers);
      if (decision === null) return { id, outcome: 'unchanged' };
      if (decision !== 'trash' && isSkipped(decision)) return { id, outcome: 'skipped', ...decision };
      const one = await write(asset, decision);
      if (one === 'linked') return { id, outcome: 'skipped', ...linked };
      if (one) {
        done.push(one);
        return { id, outcome: 'changed' };
      }
    }
    return { id, outcome: 'skipped', ...edited };
  }

  for (const [index, id] of [...ids].sort().entries()) {
    outcomes.set(id, await edit(id));
    if (index % editsAtATime === editsAtATime - 1) await otherWork();
  }
  // Behind all other writes: the logs are locked from here on.
  for (const { before, after } of done) {
    const { id, clientId, campaignId } = after ?? before;
    const assigned = clientId !== before.clientId;
    if (assigned) await tellLeft(writers, before, at);
    await recordChange(writers, caller, at, {
      action: assigned ? 'asset.assign' : after ? 'asset.update' : 'asset.trash',
      target: { type: 'asset', id, campaignId },
      clientId,
      before: auditedAsset(before),
      after: after && auditedAsset(after),
    });
  }
  return ids.flatMap((id) => outcomes.get(id) ?? []);
}

/** To those who watch the client that it was of, it is gone. */
function tellLeft(writers: Writers, { id, clientId, campaignId }: AssetRecord, at: number): Promise<void> {
  const change = { kind: 'asset.trashed', at: toTimestamp(at), clientId, campaignId, assetId: id } as const;
  return writers.changes.append(change);
}
