import type { AssetVersion } from '@vitrine/schema';
import { Download, Undo2 } from 'lucide-react';
import { buttonClass } from '../../../components/ui/button-class.ts';
import { FadeImage } from '../../../components/ui/fade-image.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { formatBytes } from '../../../lib/format-bytes.ts';
import { formatMoment } from '../../../lib/format-moment.ts';
import { downloadPath, ownPath } from '../../../lib/own-path.ts';
import { kindIcons } from '../../assets/kind-icons.ts';

interface VersionRowProps {
  version: AssetVersion;
  isBusy: boolean;
  /** Left out where it may not be done, or is so already. */
  onRestore?: () => void;
}

/** One state of an asset's bytes. */
export function VersionRow({ version, isBusy, onRestore }: VersionRowProps) {
  const { number, current, createdAt, createdBy, note, facts, size, url, thumbnailUrl } = version;
  const Icon = kindIcons[facts.type];
  return (
    <li className="flex items-start gap-3">
      <div
        data-kind={facts.type}
        className="relative flex size-11 shrink-0 items-center justify-center overflow-hidden rounded-lg bg-(--kind-wash) text-(--kind)"
      >
        {thumbnailUrl ? (
          <FadeImage
            src={ownPath(thumbnailUrl)}
            alt=""
            width={88}
            height={88}
            placeholder={null}
            fit="cover"
          />
        ) : (
          <Icon size={18} aria-hidden />
        )}
      </div>
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex items-center gap-2">
          <span className="font-medium tabular">Version {number}</span>
          {current && (
            <span className="rounded-md bg-accent-wash px-1.5 font-medium text-accent-ink text-xs leading-5">
              Current
            </span>
          )}
        </p>
        {note && <p className="text-pretty text-soft [overflow-wrap:anywhere]">{note}</p>}
        <p className="text-faint text-xs tabular">
          {createdBy.name} · {formatMoment(createdAt)}
        </p>
        <p className="text-faint text-xs tabular">
          {facts.format.toUpperCase()} · {formatBytes(size)}
        </p>
      </div>
      <div className="flex shrink-0">
        <a
          href={downloadPath(url)}
          aria-label={`Download version ${number}`}
          className={buttonClass({ look: 'quiet', size: 'icon-sm' })}
        >
          <Download size={15} aria-hidden />
        </a>
        {onRestore && (
          <IconButton
            small
            label={`Make version ${number} current again`}
            icon={<Undo2 size={15} aria-hidden />}
            isDisabled={isBusy}
            onPress={onRestore}
          />
        )}
      </div>
    </li>
  );
}
