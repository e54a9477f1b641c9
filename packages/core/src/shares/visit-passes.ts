import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { ShareId, UploadLinkId } from '@vitrine/schema';
import type { Clock } from '../ports/clock.ts';

/** How long a visit lasts, in milliseconds; a password is asked for anew behind that. */
export const visitMs = 12 * 3_600_000;

interface OfShare {
  readonly id: ShareId | UploadLinkId;
  /** Of another password every pass is worth nothing. */
  readonly passwordHash: string | null;
}

/** What a visitor shows to go on with a visit: made by this installation, for one link, with its password as it is. */
export interface VisitPasses {
  issue(share: OfShare): string;
  isGood(share: OfShare, pass: string): boolean;
}

const shape = /^(\d{13,15})\.([\w-]{43})$/;

/** `secret` is the installation's; the key is derived from it, so nothing else that it signs is a pass. */
export function createVisitPasses({ secret, clock }: { secret: string; clock: Clock }): VisitPasses {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'vitrine: visits of share links, version 1', 32));
  const macOf = ({ id, passwordHash }: OfShare, until: string) =>
    createHmac('sha256', key)
      .update(
        `${id}\n${createHash('sha256')
          .update(passwordHash ?? '')
          .digest('hex')}\n${until}`,
      )
      .digest();
  return {
    issue(share) {
      const until = String(clock.now() + visitMs);
      return `${until}.${macOf(share, until).toString('base64url')}`;
    },
    isGood(share, pass) {
      const [, until, mac] = shape.exec(pass) ?? [];
      if (!until || !mac || Number(until) <= clock.now()) return false;
      const wanted = macOf(share, until);
      const given = Buffer.from(mac, 'base64url');
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}
