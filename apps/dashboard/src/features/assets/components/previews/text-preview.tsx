import { useQuery } from '@tanstack/react-query';
import type { DocumentAsset } from '@vitrine/schema';
import { formatBytes } from '../../../../lib/format-bytes.ts';
import { ownPath } from '../../../../lib/own-path.ts';
import { scrollRegion } from '../../../../lib/scroll-region.ts';
import { FileCard } from './file-card.tsx';

// Enough to read; a whole log file would stop the browser.
const shownBytes = 200_000;

async function readStart(url: string): Promise<string> {
  const response = await fetch(ownPath(url), { headers: { range: `bytes=0-${shownBytes - 1}` } });
  if (!response.ok) throw new Error(`The text could not be loaded (status ${response.status}).`);
  const bytes = await response.arrayBuffer();
  return new TextDecoder().decode(bytes.slice(0, shownBytes));
}

/** A text, as it is written. */
export function TextPreview({ asset }: { asset: DocumentAsset }) {
  const text = useQuery({
    queryKey: ['text', asset.id, asset.version],
    queryFn: () => readStart(asset.url),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (text.error) return <FileCard asset={asset} reason={text.error.message} />;
  return (
    <div
      {...scrollRegion('Text')}
      className="flex min-w-0 flex-1 justify-center overflow-auto p-3 sm:p-8 scroll-quiet"
    >
      <article className="h-max min-h-full w-full max-w-3xl rounded-xl bg-surface px-5 py-6 shadow-float sm:px-10 sm:py-9">
        <pre className="whitespace-pre-wrap break-words font-mono text-sm leading-6">{text.data ?? ' '}</pre>
        {asset.size > shownBytes && (
          <p className="mt-8 border-line border-t pt-4 text-faint text-sm">
            The first {formatBytes(shownBytes)} of {formatBytes(asset.size)}. Download the file to read on.
          </p>
        )}
      </article>
    </div>
  );
}
