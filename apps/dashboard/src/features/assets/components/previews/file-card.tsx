import type { Asset } from '@vitrine/schema';
import { Download } from 'lucide-react';
import { buttonClass } from '../../../../components/ui/button-class.ts';
import { formatBytes } from '../../../../lib/format-bytes.ts';
import { downloadPath } from '../../../../lib/own-path.ts';
import { TilePlaceholder } from '../tile-placeholder.tsx';

interface FileCardProps {
  asset: Asset;
  /** Why there is a card and no preview. */
  reason: string;
}

/** Stands in for a preview that the browser cannot give, and offers the file. */
export function FileCard({ asset, reason }: FileCardProps) {
  return (
    <div className="flex flex-1 items-center justify-center p-6">
      <div className="w-full max-w-sm overflow-hidden rounded-3xl bg-surface text-center shadow-float">
        <div className="aspect-[16/9]">
          <TilePlaceholder tile={asset} />
        </div>
        <div className="px-7 pt-6 pb-7">
          <p className="break-words font-semibold text-lg tracking-tight">{asset.name}</p>
          <p className="mt-1.5 text-pretty text-soft text-sm">{reason}</p>
          <a
            href={downloadPath(asset.url)}
            download={asset.name}
            className={`${buttonClass({ look: 'primary' })} mt-5`}
          >
            <Download size={16} aria-hidden />
            Download {asset.format.toUpperCase()}, {formatBytes(asset.size)}
          </a>
        </div>
      </div>
    </div>
  );
}
