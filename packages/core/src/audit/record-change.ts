import type { AssetId, CampaignId, ChangeKind, ClientId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Writers } from '../ports/database.ts';

/** What those hear who watch, for each thing that is done to an asset. An action that is missing here does not compile. */
const heardAs = {
  'asset.create': 'asset.created',
  'asset.update': 'asset.updated',
  'asset.addVersion': 'asset.updated',
  'asset.trash': 'asset.trashed',
  'asset.restore': 'asset.created',
  'asset.setRights': 'asset.updated',
  'lineage.set': 'asset.updated',
  'asset.retryRenditions': 'asset.updated',
  'asset.setPoster': 'asset.updated',
} as const satisfies Record<string, ChangeKind>;

interface Recorded {
  readonly clientId: ClientId;
  readonly before?: object | null;
  readonly after?: object | null;
}

interface AssetChange extends Recorded {
  readonly action: keyof typeof heardAs;
  readonly target: { readonly type: 'asset'; readonly id: AssetId; readonly campaignId: CampaignId | null };
}

interface OtherChange extends Recorded {
  readonly action: string;
  readonly target: { readonly type: 'client' | 'campaign' | 'tag' | 'collection'; readonly id: string };
}

/**
 * Notes a change that a caller made in the audit log, and one of an asset also in the change log, so that no asset is
 * changed unheard. In the transaction that makes it, behind its other writes: both logs are locked from here to its end.
 */
export async function recordChange(
  writers: Writers,
  caller: Caller,
  at: number,
  recorded: AssetChange | OtherChange,
): Promise<void> {
  const { actor } = caller;
  const { action, target, clientId, before, after } = recorded;
  await writers.audit.append({
    at,
    actorKind: actor.kind === 'user' ? 'user' : 'api_key',
    actorId: actor.kind === 'user' ? actor.userId : actor.keyId,
    action,
    targetType: target.type,
    targetId: target.id,
    clientId,
    before: before ? { ...before } : null,
    after: after ? { ...after } : null,
    requestId: caller.requestId,
    address: caller.address,
  });
  if (isOfAsset(recorded)) {
    const { id: assetId, campaignId } = recorded.target;
    const kind = heardAs[recorded.action];
    await writers.changes.append({ kind, at: toTimestamp(at), clientId, campaignId, assetId });
  }
}

function isOfAsset(recorded: AssetChange | OtherChange): recorded is AssetChange {
  return recorded.target.type === 'asset';
}
