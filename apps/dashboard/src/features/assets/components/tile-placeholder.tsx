import type { AssetTile } from '@vitrine/schema';
import { ImageOff } from 'lucide-react';
import { kindIcons } from '../kind-icons.ts';

interface TilePlaceholderProps {
  tile: Pick<AssetTile, 'type' | 'format'> & Partial<Pick<AssetTile, 'preview'>>;
}

/** Stands for an asset without a picture, in the colour of its kind; says so when none could be made. */
export function TilePlaceholder({ tile: { type, format, preview } }: TilePlaceholderProps) {
  const hasFailed = preview?.state === 'failed';
  const Icon = hasFailed ? ImageOff : kindIcons[type];
  return (
    <div
      data-kind={type}
      data-state={preview?.state}
      {...(hasFailed && { title: `No preview: ${preview.reason}` })}
      className="flex size-full flex-col items-center justify-center gap-2 bg-(--kind-wash) text-(--kind)"
    >
      <Icon size={30} strokeWidth={1.5} aria-hidden />
      <span className="font-semibold text-2xs tracking-wide">
        {hasFailed ? 'NO PREVIEW' : format.toUpperCase()}
      </span>
    </div>
  );
}
