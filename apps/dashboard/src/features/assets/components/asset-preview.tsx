import type { Asset } from '@vitrine/schema';
import { lazy, Suspense } from 'react';

// Each viewer brings its own library, so each is loaded when it is first needed.
const ImagePreview = lazy(async () => ({
  default: (await import('./previews/image-preview.tsx')).ImagePreview,
}));
const VideoPreview = lazy(async () => ({
  default: (await import('./previews/video-preview.tsx')).VideoPreview,
}));
const AudioPreview = lazy(async () => ({
  default: (await import('./previews/audio-preview.tsx')).AudioPreview,
}));
const DocumentPreview = lazy(async () => ({
  default: (await import('./previews/document-preview.tsx')).DocumentPreview,
}));

function Viewer({ asset }: { asset: Asset }) {
  switch (asset.type) {
    case 'image':
      return <ImagePreview asset={asset} />;
    case 'video':
      return <VideoPreview asset={asset} />;
    case 'audio':
      return <AudioPreview asset={asset} />;
    case 'document':
      return <DocumentPreview asset={asset} />;
    default:
      return asset satisfies never;
  }
}

/** Shows any asset as large as there is room, with the viewer of its kind. */
export function AssetPreview({ asset }: { asset: Asset }) {
  return (
    <Suspense fallback={<div className="flex-1 animate-sheen" />}>
      <Viewer asset={asset} />
    </Suspense>
  );
}
