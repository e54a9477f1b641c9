import type { SharedItem } from '@vitrine/schema';
import { Download, Play } from 'lucide-react';
import { useState } from 'react';
import { buttonClass } from '../components/ui/button-class.ts';
import { FadeImage } from '../components/ui/fade-image.tsx';
import { TilePlaceholder } from '../features/assets/components/tile-placeholder.tsx';
import { thumbhashUrl } from '../lib/thumbhash-url.ts';
import { itemCaption } from './item-facts.ts';

interface ShareGridProps {
  items: readonly SharedItem[];
  onOpen: (id: string) => void;
}

/** What is shared, as large tiles: a click looks closer, the arrow saves. */
export function ShareGrid({ items, onOpen }: ShareGridProps) {
  return (
    <ul className="mt-6 grid grid-cols-2 gap-x-3 gap-y-5 sm:mt-8 sm:grid-cols-3 sm:gap-x-5 sm:gap-y-7 lg:grid-cols-4 xl:grid-cols-5">
      {items.map((item) => (
        <li key={item.id} className="group min-w-0">
          <button
            type="button"
            onClick={() => onOpen(item.id)}
            aria-label={`Look at ${item.name}`}
            className="relative block aspect-[4/3] w-full overflow-hidden rounded-xl bg-sunken shadow-card outline-offset-2 transition-shadow hover:shadow-float focus-visible:outline-2 focus-visible:outline-[var(--focus)]"
          >
            <TilePicture item={item} />
            {(item.type === 'video' || item.type === 'audio') && (
              <span className="absolute bottom-2 left-2 flex size-8 items-center justify-center rounded-full bg-raised/90 text-ink shadow-float">
                <Play size={14} fill="currentColor" aria-hidden />
              </span>
            )}
          </button>
          <div className="mt-2 flex items-start gap-1">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium text-sm" title={item.name}>
                {item.name}
              </p>
              <p className="truncate text-faint text-xs tabular">{itemCaption(item)}</p>
            </div>
            {item.downloadUrl && (
              <a
                href={item.downloadUrl}
                download
                aria-label={`Download ${item.name}`}
                className={buttonClass({ look: 'quiet', size: 'icon-sm' })}
              >
                <Download size={15} aria-hidden />
              </a>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function TilePicture({ item }: { item: SharedItem }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <TilePlaceholder tile={item} />;
  return (
    <FadeImage
      src={item.thumbnailUrl}
      alt=""
      width={320}
      height={240}
      placeholder={item.thumbhash && thumbhashUrl(item.thumbhash)}
      fit="cover"
      onBroken={() => setBroken(true)}
    />
  );
}
