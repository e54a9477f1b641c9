import type { UploadLink } from '@vitrine/schema';
import { Link2Off } from 'lucide-react';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { formatMoment } from '../../../lib/format-moment.ts';

interface UploadLinkRowProps {
  link: UploadLink;
  isBusy: boolean;
  onEnd: () => void;
}

/** A link that takes files: what came through it, and its end. */
export function UploadLinkRow({ link, isBusy, onEnd }: UploadLinkRowProps) {
  const waiting = link.waitingFiles > 0 ? `, ${link.waitingFiles} waiting` : '';
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">{link.name}</p>
        <p className="truncate text-faint text-xs tabular">
          {countOf(link.usedFiles, 'file')}
          {waiting} · until {formatMoment(link.expiresAt)}
        </p>
      </div>
      <IconButton
        label={`Revoke ${link.name}`}
        icon={<Link2Off size={16} aria-hidden />}
        isDisabled={isBusy}
        onPress={onEnd}
      />
    </li>
  );
}
