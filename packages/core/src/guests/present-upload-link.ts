import type { UploadLink } from '@vitrine/schema';
import { toTimestamp } from '../ports/clock.ts';
import type { UploadLinkRecord } from './upload-link-repository.ts';

/** Whether a link works, or why not. */
export function uploadLinkState(
  { revokedAt, expiresAt }: Pick<UploadLinkRecord, 'revokedAt' | 'expiresAt'>,
  now: number,
): UploadLink['state'] {
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= now ? 'expired' : 'active';
}

/** A link as those who manage it see it: nothing with which it could be opened. */
export function presentUploadLink(link: UploadLinkRecord, now: number): UploadLink {
  const { passwordHash, expiresAt, revokedAt, createdAt, ...rest } = link;
  return {
    ...rest,
    hasPassword: passwordHash !== null,
    state: uploadLinkState(link, now),
    expiresAt: toTimestamp(expiresAt),
    revokedAt: revokedAt === null ? null : toTimestamp(revokedAt),
    createdAt: toTimestamp(createdAt),
  };
}
