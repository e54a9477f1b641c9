import type { Client, TrashedAsset } from '@vitrine/schema';
import { ArchiveRestore, Trash2 } from 'lucide-react';
import { Button } from '../../../components/ui/button.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { formatBytes } from '../../../lib/format-bytes.ts';
import { formatMoment } from '../../../lib/format-moment.ts';
import { thumbhashUrl } from '../../../lib/thumbhash-url.ts';
import { useAllowed } from '../../access/api/use-allowed.ts';
import { kindIcons } from '../../assets/kind-icons.ts';

interface TrashRowProps {
  asset: TrashedAsset;
  client: Client | undefined;
  isBusy: boolean;
  onRestore: () => void;
  onPurge: () => void;
}

/** One asset in the trash: its files are served to nobody, so a blur stands for it. */
export function TrashRow({ asset, client, isBusy, onRestore, onPurge }: TrashRowProps) {
  const may = useAllowed({ kind: 'client', clientId: asset.clientId });
  const Icon = kindIcons[asset.type];
  const blur = asset.thumbhash === null ? null : thumbhashUrl(asset.thumbhash);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl bg-surface px-3 py-2.5 shadow-card">
      <div
        data-kind={asset.type}
        className="relative flex size-12 shrink-0 items-center justify-center overflow-hidden rounded-lg bg-(--kind-wash) text-(--kind)"
      >
        {blur ? <img src={blur} alt="" className="size-full object-cover" /> : <Icon size={20} aria-hidden />}
      </div>
      <div className="min-w-0 flex-1 basis-52">
        <p className="truncate font-medium text-sm">{asset.name}</p>
        <p className="truncate text-faint text-xs tabular">
          {client?.name ?? '…'} · {asset.format.toUpperCase()} · {formatBytes(asset.size)}
        </p>
      </div>
      <p className="basis-56 text-soft text-xs tabular">
        Trashed {formatMoment(asset.trashedAt)}
        {asset.purgeAt && <span className="block text-faint">Kept until {formatMoment(asset.purgeAt)}</span>}
      </p>
      <div className="flex items-center gap-1.5">
        {may('asset.trash') && (
          <Button isDisabled={isBusy} onPress={onRestore} aria-label={`Restore ${asset.name}`}>
            <ArchiveRestore size={15} aria-hidden />
            Restore
          </Button>
        )}
        {may('asset.purge') && (
          <IconButton
            label={`Delete ${asset.name} for good`}
            icon={<Trash2 size={16} aria-hidden />}
            isDisabled={isBusy}
            onPress={onPurge}
          />
        )}
      </div>
    </li>
  );
}
