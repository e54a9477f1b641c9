import type { Share, ShareTarget } from '@vitrine/schema';
import { toTimestamp } from '../ports/clock.ts';
import type { ListedShare, ShareRecord } from './share-repository.ts';

/** What of a link tells whether it works. */
export type Lasting = Pick<ShareRecord, 'revokedAt' | 'expiresAt' | 'maxUses' | 'uses'>;

/** Whether it works, or why not. */
export function stateOf({ revokedAt, expiresAt, maxUses, uses }: Lasting, now: number): Share['state'] {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return maxUses !== null && uses >= maxUses ? 'spent' : 'active';
}

function targetOf({ target, assetIds }: ListedShare): ShareTarget {
  switch (target.kind) {
    case 'asset': {
      const [assetId] = assetIds;
      return assetId ? { kind: 'asset', assetId } : { kind: 'assets', assetIds: [] };
    }
    case 'assets':
      return { kind: 'assets', assetIds: [...assetIds] };
    case 'collection':
    case 'campaign':
      return target;
    default:
      return target satisfies never;
  }
}

/** A link as those who manage it see it: nothing with which it could be opened. */
export function presentShare(share: ListedShare, now: number): Share {
  const { assetIds: _assetIds, passwordHash, expiresAt, revokedAt, createdAt, lastVisitAt, ...rest } = share;
  return {
    ...rest,
    target: targetOf(share),
    hasPassword: passwordHash !== null,
    state: stateOf(share, now),
    expiresAt: toTimestamp(expiresAt),
    revokedAt: revokedAt === null ? null : toTimestamp(revokedAt),
    createdAt: toTimestamp(createdAt),
    lastVisitAt: lastVisitAt === null ? null : toTimestamp(lastVisitAt),
  };
}
