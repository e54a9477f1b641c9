import type { AudioAsset } from '@vitrine/schema';
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../../components/ui/button.tsx';
import { formatDuration } from '../../../../lib/format-duration.ts';
import { FileCard } from './file-card.tsx';
import { useWaveform } from './use-waveform.ts';

/** A sound as its waveform: click anywhere in it to hear from there. */
export function AudioPreview({ asset }: { asset: AudioAsset }) {
  const [isBroken, setBroken] = useState(false);
  const { container, isPlaying, positionMs, isReady, toggle, seekBy } = useWaveform(asset, () =>
    setBroken(true),
  );
  if (isBroken) {
    return (
      <FileCard
        asset={asset}
        reason={`This browser does not play this ${asset.format.toUpperCase()} file. Download it to hear it.`}
      />
    );
  }
  return (
    <div className="flex min-w-0 flex-1 items-center justify-center p-4 sm:p-10">
      <div className="w-full max-w-3xl rounded-3xl bg-surface p-5 shadow-float sm:p-8">
        <div
          ref={container}
          className={`h-32 cursor-pointer transition-opacity duration-300 sm:h-44 ${isReady ? '' : 'animate-sheen rounded-xl bg-sunken'}`}
        />
        <div className="mt-6 flex items-center gap-5">
          <Button
            look="primary"
            aria-label={isPlaying ? 'Pause' : 'Play'}
            onPress={toggle}
            onKeyDown={(event) => {
              if (event.key === 'ArrowLeft') seekBy(-5);
              else if (event.key === 'ArrowRight') seekBy(5);
              else event.continuePropagation();
            }}
            className="size-12! rounded-full! p-0!"
          >
            {isPlaying ? (
              <Pause size={20} fill="currentColor" aria-hidden />
            ) : (
              <Play size={20} fill="currentColor" aria-hidden className="ml-0.5" />
            )}
          </Button>
          <p className="text-soft text-sm tabular">
            <span className="font-medium text-ink">
              {positionMs < 500 ? '0:00' : formatDuration(positionMs)}
            </span>
            {' / '}
            {formatDuration(asset.durationMs)}
          </p>
        </div>
      </div>
    </div>
  );
}
