import type { ImageAsset } from '@vitrine/schema';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import { TransformComponent, TransformWrapper, useControls } from 'react-zoom-pan-pinch';
import { IconButton } from '../../../../components/ui/icon-button.tsx';
import { ownPath } from '../../../../lib/own-path.ts';
import { renditionOf, useRenditions } from '../../api/use-renditions.ts';
import { FileCard } from './file-card.tsx';

/** An image at the size that fits, to be zoomed with the wheel, two fingers, a double click or the buttons. */
export function ImagePreview({ asset }: { asset: ImageAsset }) {
  const [isBroken, setBroken] = useState(false);
  const [isZoomed, setZoomed] = useState(false);
  const preview = renditionOf(useRenditions(asset.id).data, 'preview');
  if (isBroken) return <FileCard asset={asset} reason="The browser could not show this image." />;
  // 1280 px are enough until somebody looks closer; what only moves as an original stays one.
  const isStill = asset.format !== 'gif' && asset.format !== 'webp';
  const source = !isZoomed && isStill && preview?.state === 'ready' ? preview.url : asset.url;
  // A drawing has no pixels of its own; it may be drawn as large as the stage.
  const isVector = asset.format === 'svg';
  return (
    <TransformWrapper
      minScale={1}
      maxScale={12}
      centerOnInit
      doubleClick={{ mode: 'toggle', step: 1.2 }}
      onTransform={(_wrapper, { scale }) => {
        if (scale > 1.05) setZoomed(true);
      }}
    >
      <TransformComponent wrapperClass="w-full! h-full! absolute! inset-0" contentClass="w-full! h-full!">
        <div className="flex size-full items-center justify-center p-4 sm:p-8">
          <img
            src={ownPath(source)}
            alt={asset.name}
            width={asset.width}
            height={asset.height}
            draggable={false}
            onError={() => setBroken(true)}
            className={`checkerboard max-h-full max-w-full rounded-md object-contain shadow-float ${isVector ? 'size-full bg-none shadow-none' : 'h-auto w-auto'}`}
          />
        </div>
      </TransformComponent>
      <ZoomButtons />
    </TransformWrapper>
  );
}

function ZoomButtons() {
  const { zoomIn, zoomOut, resetTransform } = useControls();
  return (
    <div className="absolute bottom-4 left-1/2 flex -translate-x-1/2 gap-0.5 rounded-xl bg-raised/95 p-1 shadow-float backdrop-blur-sm">
      <IconButton label="Zoom out" icon={<ZoomOut size={18} aria-hidden />} onPress={() => zoomOut()} />
      <IconButton label="Fit" icon={<Maximize size={17} aria-hidden />} onPress={() => resetTransform()} />
      <IconButton label="Zoom in" icon={<ZoomIn size={18} aria-hidden />} onPress={() => zoomIn()} />
    </div>
  );
}
