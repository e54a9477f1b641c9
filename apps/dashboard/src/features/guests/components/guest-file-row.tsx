import type { GuestFile } from '@vitrine/schema';
import { Check, Download, X } from 'lucide-react';
import { Button } from '../../../components/ui/button.tsx';
import { buttonClass } from '../../../components/ui/button-class.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { formatBytes } from '../../../lib/format-bytes.ts';
import { formatMoment } from '../../../lib/format-moment.ts';

interface GuestFileRowProps {
  file: GuestFile;
  isBusy: boolean;
  onAccept: () => void;
  onRefuse: () => void;
}

/** One file that waits: who sent it, a look at it, and the decision. */
export function GuestFileRow({ file, isBusy, onAccept, onRefuse }: GuestFileRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium text-sm">{file.fileName}</p>
        <p className="truncate text-faint text-xs tabular">
          From {file.sender} · {formatBytes(file.size)} · {formatMoment(file.createdAt)} · {file.linkName}
        </p>
      </div>
      <a
        href={`/api/guest-files/${file.id}/data`}
        download={file.fileName}
        aria-label={`Download ${file.fileName}`}
        className={buttonClass({ look: 'quiet', size: 'icon' })}
      >
        <Download size={16} aria-hidden />
      </a>
      <IconButton
        label={`Refuse ${file.fileName}`}
        icon={<X size={17} aria-hidden />}
        isDisabled={isBusy}
        onPress={onRefuse}
      />
      <Button look="primary" isDisabled={isBusy} onPress={onAccept} aria-label={`Accept ${file.fileName}`}>
        <Check size={15} aria-hidden />
        Accept
      </Button>
    </li>
  );
}
