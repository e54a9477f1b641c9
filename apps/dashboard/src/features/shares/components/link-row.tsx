import type { Share } from '@vitrine/schema';
import { Link2Off } from 'lucide-react';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { formatMoment } from '../../../lib/format-moment.ts';

const badges = {
  active: { words: 'Active', look: 'bg-ok-wash text-ok-ink' },
  expired: { words: 'Over', look: 'bg-sunken text-soft' },
  spent: { words: 'Used up', look: 'bg-sunken text-soft' },
  revoked: { words: 'Revoked', look: 'bg-danger-wash text-danger-ink' },
} as const satisfies Record<Share['state'], { words: string; look: string }>;

function targetOf({ target }: Share): string {
  switch (target.kind) {
    case 'asset':
      return 'One asset';
    case 'assets':
      return countOf(target.assetIds.length, 'asset');
    case 'collection':
      return 'A collection';
    case 'campaign':
      return 'A campaign';
    default:
      return target satisfies never;
  }
}

function givenOf({ quality, downloads, hasPassword }: Share): string {
  const files = downloads ? (quality === 'originals' ? 'originals' : 'previews') : 'view only';
  return hasPassword ? `${files}, password` : files;
}

/** One link: what it shows and to whom, what has come of it, and its end. */
export function LinkRow({ link, onEnd }: { link: Share; onEnd: () => void }) {
  const badge = badges[link.state];
  const came = link.uses === 0 ? 'Not opened yet' : `Opened ${countOf(link.uses, 'time')}`;
  const saved = link.downloadCount > 0 ? ` · ${countOf(link.downloadCount, 'download')}` : '';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-sm">
          <span className="min-w-0 truncate">{link.name}</span>
          <span className={`rounded-md px-1.5 font-medium text-2xs leading-5 ${badge.look}`}>
            {badge.words}
          </span>
        </p>
        <p className="truncate text-faint text-xs">
          {link.recipient === null ? '' : `For ${link.recipient} · `}
          {targetOf(link)} · {givenOf(link)} · by {link.createdBy.name}
        </p>
      </div>
      <div className="basis-52 text-xs tabular">
        <p className="text-soft">
          {came}
          {saved}
        </p>
        <p className="text-faint">
          {link.revokedAt
            ? `Revoked ${formatMoment(link.revokedAt)}`
            : `Until ${formatMoment(link.expiresAt)}`}
        </p>
      </div>
      <IconButton
        label={`Revoke ${link.name}`}
        icon={<Link2Off size={16} aria-hidden />}
        isDisabled={link.state === 'revoked'}
        onPress={onEnd}
      />
    </li>
  );
}
