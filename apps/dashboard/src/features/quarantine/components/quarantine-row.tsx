import type { Client, QuarantinedFile } from '@vitrine/schema';
import { Building2, Download, FileWarning, Trash2 } from 'lucide-react';
import { Button } from '../../../components/ui/button.tsx';
import { buttonClass } from '../../../components/ui/button-class.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { formatBytes } from '../../../lib/format-bytes.ts';
import { formatMoment } from '../../../lib/format-moment.ts';

interface QuarantineRowProps {
  file: QuarantinedFile;
  client: Client | undefined;
  isBusy: boolean;
  onGive: () => void;
  onDiscard: () => void;
}

/** One file that was refused: what it is, why, and what can be done with it. */
export function QuarantineRow({ file, client, isBusy, onGive, onDiscard }: QuarantineRowProps) {
  const { id, fileName, size, reason, createdAt } = file;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl bg-surface px-3 py-2.5 shadow-card">
      <div className="flex size-12 shrink-0 items-center justify-center rounded-lg bg-warn-wash text-warn-ink">
        <FileWarning size={20} aria-hidden />
      </div>
      <div className="min-w-0 flex-1 basis-64">
        <p className="truncate font-medium text-sm">{fileName}</p>
        <p className="text-soft text-sm [overflow-wrap:anywhere]">{reason}</p>
        <p className="text-faint text-xs tabular">
          {client?.name ?? '…'} · {formatBytes(size)} · {formatMoment(createdAt)}
        </p>
      </div>
      <div className="flex items-center gap-1.5">
        <Button isDisabled={isBusy} onPress={onGive} aria-label={`Give to a client: ${fileName}`}>
          <Building2 size={15} aria-hidden />
          Give to a client…
        </Button>
        <a
          href={`/api/quarantine/${id}/data`}
          download={fileName}
          aria-label={`Download ${fileName}`}
          className={buttonClass({ look: 'quiet', size: 'icon' })}
        >
          <Download size={16} aria-hidden />
        </a>
        <IconButton
          label={`Delete ${fileName} for good`}
          icon={<Trash2 size={16} aria-hidden />}
          isDisabled={isBusy}
          onPress={onDiscard}
        />
      </div>
    </li>
  );
}
