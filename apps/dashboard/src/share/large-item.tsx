import type { SharedItem } from '@vitrine/schema';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { buttonClass } from '../components/ui/button-class.ts';
import { TilePlaceholder } from '../features/assets/components/tile-placeholder.tsx';

/** A shared thing as large as there is room: played, or as a picture of it. */
export function LargeItem({ item }: { item: SharedItem }) {
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center p-3 sm:p-8">
      <Media item={item} />
    </div>
  );
}

function Media({ item }: { item: SharedItem }) {
  const { dataUrl } = item;
  switch (item.type) {
    case 'image':
    case 'document':
      return <Picture item={item} />;
    case 'video':
      if (dataUrl === null) return <Picture item={item} />;
      return (
        // biome-ignore lint/a11y/useMediaCaption: what people upload has no captions of its own.
        <video
          src={dataUrl}
          poster={item.previewUrl ?? undefined}
          controls
          playsInline
          preload="metadata"
          className="max-h-full max-w-full rounded-lg bg-black shadow-float"
        />
      );
    case 'audio':
      return (
        <div className="w-full max-w-2xl rounded-2xl bg-surface p-6 shadow-float">
          <img src={item.thumbnailUrl} alt="" className="mx-auto mb-5 h-36 w-full rounded-lg object-cover" />
          {dataUrl === null ? (
            <p className="text-center text-soft text-sm">This link shows only what the sound looks like.</p>
          ) : (
            // biome-ignore lint/a11y/useMediaCaption: what people upload has no captions of its own.
            <audio src={dataUrl} controls preload="metadata" className="w-full" />
          )}
        </div>
      );
    default:
      return item.type satisfies never;
  }
}

function Picture({ item }: { item: SharedItem }) {
  const [isBroken, setBroken] = useState(false);
  const source = item.previewUrl ?? item.thumbnailUrl;
  return (
    <div className="flex size-full min-h-0 flex-col items-center justify-center gap-4">
      {isBroken ? (
        <div className="aspect-[4/3] w-full max-w-md overflow-hidden rounded-2xl shadow-float">
          <TilePlaceholder tile={item} />
        </div>
      ) : (
        <img
          src={source}
          alt={item.name}
          onError={() => setBroken(true)}
          className={`min-h-0 max-w-full object-contain ${item.type === 'document' ? 'rounded-sm bg-white shadow-float' : 'rounded-md'}`}
        />
      )}
      {item.format === 'pdf' && item.dataUrl && (
        <a
          href={item.dataUrl}
          target="_blank"
          rel="noreferrer"
          className={buttonClass({ look: 'secondary' })}
        >
          <ExternalLink size={15} aria-hidden />
          Open the PDF
        </a>
      )}
    </div>
  );
}
