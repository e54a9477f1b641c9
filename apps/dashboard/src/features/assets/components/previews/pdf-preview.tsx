import { type DocumentAsset, maxPagePreviews } from '@vitrine/schema';
import { ExternalLink } from 'lucide-react';
import { buttonClass } from '../../../../components/ui/button-class.ts';
import { Skeleton } from '../../../../components/ui/skeleton.tsx';
import { ownPath } from '../../../../lib/own-path.ts';
import { scrollRegion } from '../../../../lib/scroll-region.ts';
import { renditionOf, useRenditions } from '../../api/use-renditions.ts';
import { FileCard } from './file-card.tsx';

/** Width by height of an A sheet, until a page tells its own. */
const paper = Math.SQRT1_2;

/** A PDF's pages, one below the other, as pictures; the file itself opens in the browser's own reader. */
export function PdfPreview({ asset }: { asset: DocumentAsset }) {
  const renditions = useRenditions(asset.id);
  const cover = renditionOf(renditions.data, 'cover');
  if (cover?.state === 'failed') return <FileCard asset={asset} reason={cover.reason} />;
  const pages = (renditions.data?.items ?? []).filter(({ preset }) => preset.startsWith('page-'));
  const shape = cover?.state === 'ready' && cover.width && cover.height ? cover.width / cover.height : paper;
  const total = asset.pageCount ?? pages.length;
  return (
    <div {...scrollRegion('Pages')} className="min-w-0 flex-1 overflow-auto p-3 sm:p-8 scroll-quiet">
      <ol className="mx-auto grid w-full max-w-3xl gap-5">
        {pages.map(({ preset, rendition }, index) => (
          <li key={preset} className="grid justify-items-center gap-2">
            {rendition.state === 'ready' && rendition.width && rendition.height ? (
              <img
                src={ownPath(rendition.url)}
                alt={`Page ${index + 1}`}
                width={rendition.width}
                height={rendition.height}
                loading={index < 2 ? 'eager' : 'lazy'}
                decoding="async"
                className="h-auto max-h-[calc(100dvh-9rem)] w-auto max-w-full rounded-sm bg-white shadow-float"
              />
            ) : (
              <div className="w-full max-w-xl" style={{ aspectRatio: shape }}>
                {rendition.state === 'failed' ? (
                  <p className="p-6 text-soft text-sm">{rendition.reason}</p>
                ) : (
                  <Skeleton className="size-full rounded-sm" />
                )}
              </div>
            )}
            <span className="text-faint text-xs tabular">
              {index + 1} / {total}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-6 text-center">
        <a
          href={ownPath(asset.url)}
          target="_blank"
          rel="noreferrer"
          className={buttonClass({ look: 'secondary' })}
        >
          <ExternalLink size={15} aria-hidden />
          {total > maxPagePreviews ? `Open all ${total} pages` : 'Open the PDF'}
        </a>
      </p>
    </div>
  );
}
