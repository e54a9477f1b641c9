import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Asset, AssetTile } from '@vitrine/schema';
import {
  ArrowLeft,
  ChevronLeft,
  ChevronRight,
  Download,
  Ellipsis,
  EyeOff,
  History,
  Link2,
  Pencil,
  Share2,
  Trash2,
  Upload,
} from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { buttonClass } from '../../../components/ui/button-class.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { Menu, MenuItem } from '../../../components/ui/menu.tsx';
import { downloadPath } from '../../../lib/own-path.ts';
import { useAllowed } from '../../access/api/use-allowed.ts';
import { HideDialog } from '../../access/components/hide-dialog.tsx';
import { ActivityDialog } from '../../activity/components/activity-dialog.tsx';
import { ShareDialog } from '../../shares/components/share-dialog.tsx';
import { TrashDialog } from '../../trash/components/trash-dialog.tsx';
import { useNewVersion } from '../../versions/api/use-new-version.ts';
import { useTrashAsset } from '../api/use-trash-asset.ts';
import type { AssetPageSearch } from '../asset-search.ts';
import { gridLink } from './grid-link.ts';
import { RenameDialog } from './rename-dialog.tsx';

interface AssetBarProps {
  asset: Asset;
  search: AssetPageSearch;
  previous: AssetTile | null;
  next: AssetTile | null;
  onShow: (assetId: string | undefined) => void;
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(`${window.location.origin}${window.location.pathname}`);
    toast.success('Link copied. It opens for people who may see this client.');
  } catch {
    toast.error('The browser did not allow copying. Copy the address from its bar.');
  }
}

/** Above an asset: the way back, its neighbours, and what can be done with it. */
export function AssetBar({ asset, search, previous, next, onShow }: AssetBarProps) {
  const [open, setOpen] = useState<'rename' | 'hide' | 'share' | 'activity' | 'trash' | null>(null);
  const navigate = useNavigate();
  const client = useQuery(trpc.client.get.queryOptions({ id: asset.clientId }));
  const back = gridLink(asset, search);
  const trash = useTrashAsset({ onTrashed: () => navigate(back) });
  const may = useAllowed({ kind: 'asset', assetId: asset.id });
  const chooseVersion = useNewVersion(asset);
  const close = () => setOpen(null);
  return (
    <div className="flex h-16 shrink-0 items-center gap-2 border-line border-b bg-surface px-3 sm:gap-3 sm:px-5">
      <Link
        {...back}
        aria-label={`Back to ${client.data?.name ?? 'the client'}`}
        className={buttonClass({ look: 'quiet', size: 'icon' })}
      >
        <ArrowLeft size={19} aria-hidden />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold text-base leading-5 tracking-tight">{asset.name}</h1>
        <p className="truncate text-faint text-xs">{client.data?.name ?? ' '}</p>
      </div>
      {search.from && (
        <div className="hidden items-center sm:flex">
          <IconButton
            label="Previous asset"
            icon={<ChevronLeft size={19} aria-hidden />}
            isDisabled={!previous}
            onPress={() => onShow(previous?.id)}
          />
          <IconButton
            label="Next asset"
            icon={<ChevronRight size={19} aria-hidden />}
            isDisabled={!next}
            onPress={() => onShow(next?.id)}
          />
        </div>
      )}
      <span className="hidden sm:block">
        <IconButton label="Copy link" icon={<Link2 size={18} aria-hidden />} onPress={copyLink} />
      </span>
      <a
        href={downloadPath(asset.url)}
        download={asset.name}
        aria-label="Download"
        className={buttonClass({ look: 'secondary' })}
      >
        <Download size={16} aria-hidden />
        <span className="hidden md:inline">Download</span>
      </a>
      <Menu
        label="More actions"
        trigger={
          <Button look="quiet" size="icon" aria-label="More actions">
            <Ellipsis size={19} aria-hidden />
          </Button>
        }
      >
        {may('asset.update') && (
          <MenuItem icon={<Pencil size={16} aria-hidden />} onAction={() => setOpen('rename')}>
            Rename
          </MenuItem>
        )}
        <MenuItem icon={<Link2 size={16} aria-hidden />} onAction={copyLink}>
          Copy link
        </MenuItem>
        {may('asset.update') && (
          <MenuItem icon={<Upload size={16} aria-hidden />} onAction={chooseVersion}>
            Upload a new version
          </MenuItem>
        )}
        {may('share.write') && (
          <MenuItem icon={<Share2 size={16} aria-hidden />} onAction={() => setOpen('share')}>
            Share…
          </MenuItem>
        )}
        {may('audit.read') && (
          <MenuItem icon={<History size={16} aria-hidden />} onAction={() => setOpen('activity')}>
            Activity
          </MenuItem>
        )}
        {may('asset.hide') && (
          <MenuItem icon={<EyeOff size={16} aria-hidden />} onAction={() => setOpen('hide')}>
            Who sees it
          </MenuItem>
        )}
        {may('asset.trash') && (
          <MenuItem danger icon={<Trash2 size={16} aria-hidden />} onAction={() => setOpen('trash')}>
            Move to trash
          </MenuItem>
        )}
      </Menu>
      {open === 'rename' && <RenameDialog asset={asset} onClose={close} />}
      {open === 'hide' && <HideDialog asset={asset} onClose={close} />}
      {open === 'activity' && <ActivityDialog of={{ assetId: asset.id }} name={asset.name} onClose={close} />}
      {open === 'share' && (
        <ShareDialog target={{ kind: 'asset', assetId: asset.id }} name={asset.name} onClose={close} />
      )}
      {open === 'trash' && (
        <TrashDialog
          asset={asset}
          isPending={trash.isPending}
          onTrash={() => trash.mutate({ id: asset.id, rowVersion: asset.rowVersion })}
          onClose={close}
        />
      )}
    </div>
  );
}
