import type { DocumentAsset } from '@vitrine/schema';
import { Skeleton } from '../../../../components/ui/skeleton.tsx';
import { ownPath } from '../../../../lib/own-path.ts';
import { renditionOf, useRenditions } from '../../api/use-renditions.ts';
import { FileCard } from './file-card.tsx';

/** A document's first page, where the browser cannot show the document itself. */
export function CoverPreview({ asset }: { asset: DocumentAsset }) {
  const renditions = useRenditions(asset.id);
  const cover = renditionOf(renditions.data, 'cover');
  if (cover?.state === 'failed') return <FileCard asset={asset} reason={cover.reason} />;
  return (
    <div className="flex min-w-0 flex-1 items-center justify-center p-4 sm:p-8">
      {cover?.state === 'ready' && cover.width && cover.height ? (
        <img
          src={ownPath(cover.url)}
          alt={`First page of ${asset.name}`}
          width={cover.width}
          height={cover.height}
          className="h-auto max-h-[calc(100dvh-9rem)] w-auto max-w-full rounded-sm bg-white shadow-float"
        />
      ) : (
        <Skeleton className="aspect-[0.707] h-[70dvh] rounded-sm" />
      )}
    </div>
  );
}
