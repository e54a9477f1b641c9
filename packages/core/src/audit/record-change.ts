import type { AssetId, CampaignId, ChangeKind, ClientId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Writers } from '../ports/database.ts';
import type { NewAuditEvent } from './audit-repository.ts';

/** What those hear who watch, for each thing that is done to an asset. An action that is missing here does not compile. */
const heardAs = {
  'asset.create': 'asset.created',
  'asset.import': 'asset.created',
  'asset.update': 'asset.updated',
  'asset.addVersion': 'asset.updated',
  'asset.assign': 'asset.created',
  'asset.trash': 'asset.trashed',
  'asset.restore': 'asset.created',
  'asset.purge': 'asset.trashed',
  'asset.setRights': 'asset.updated',
  'lineage.set': 'asset.updated',
  'asset.retryRenditions': 'asset.updated',
  'asset.setPoster': 'asset.updated',
  'asset.hide': 'asset.updated',
} as const satisfies Record<string, ChangeKind>;

interface Recorded {
  /** Null: it is about no client. */
  readonly clientId: ClientId | null;
  readonly before?: object | null;
  readonly after?: object | null;
}

interface AssetChange extends Recorded {
  readonly clientId: ClientId;
  readonly action: keyof typeof heardAs;
  readonly target: { readonly type: 'asset'; readonly id: AssetId; readonly campaignId: CampaignId | null };
}

interface OtherChange extends Recorded {
  readonly action: string;
  readonly target: {
    readonly type:
      | 'client'
      | 'campaign'
      | 'tag'
      | 'collection'
      | 'grant'
      | 'account'
      | 'apikey'
      | 'session'
      | 'share'
      | 'uploadLink'
      | 'guestFile'
      | 'blob';
    readonly id: string;
  };
}

/**
 * Notes a change that a caller made in the audit log, and one of an asset also in the change log, so that no asset is
 * changed unheard. In the transaction that makes it, behind its other writes: both logs are locked from here to its end.
 */
export function recordChange(
  writers: Writers,
  { actor, requestId, address }: Caller,
  at: number,
  recorded: AssetChange | OtherChange,
): Promise<void> {
  const actorId = actor.kind === 'user' ? actor.userId : actor.keyId;
  return record(writers, { actorKind: actor.kind, actorId, requestId, address }, at, recorded);
}

/** The same of what the library does by itself. */
export function recordSystemChange(
  writers: Writers,
  at: number,
  recorded: AssetChange | OtherChange,
): Promise<void> {
  return record(
    writers,
    { actorKind: 'system', actorId: null, requestId: null, address: null },
    at,
    recorded,
  );
}

type By = Pick<NewAuditEvent, 'actorKind' | 'actorId' | 'requestId' | 'address'>;

async function record(
  writers: Writers,
  by: By,
  at: number,
  recorded: AssetChange | OtherChange,
): Promise<void> {
  const { action, target, clientId, before, after } = recorded;
  await writers.audit.append({
    ...by,
    at,
    action,
    targetType: target.type,
    targetId: target.id,
    clientId,
    before: before ? { ...before } : null,
    after: after ? { ...after } : null,
  });
  if (isOfAsset(recorded)) {
    const { id: assetId, campaignId } = recorded.target;
    const kind = heardAs[recorded.action];
    await writers.changes.append({
      kind,
      at: toTimestamp(at),
      clientId: recorded.clientId,
      campaignId,
      assetId,
    });
  }
}

function isOfAsset(recorded: AssetChange | OtherChange): recorded is AssetChange {
  return recorded.target.type === 'asset';
}
