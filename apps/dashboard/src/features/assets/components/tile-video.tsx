import { useRef } from 'react';
import { ownPath } from '../../../lib/own-path.ts';

interface TileVideoProps {
  url: string;
  onBroken: () => void;
}

// A first frame is often black; a moment later there is something to see.
const stillSeconds = 0.5;

/** A video's still that plays, without sound, while the pointer rests on it. */
export function TileVideo({ url, onBroken }: TileVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  const play = () => {
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    // Refused while the tile is leaving the page; there is nobody to tell.
    video.current?.play().catch(() => undefined);
  };
  const rest = () => {
    if (!video.current) return;
    video.current.pause();
    video.current.currentTime = Math.min(stillSeconds, video.current.duration / 2 || 0);
  };
  return (
    <video
      ref={video}
      src={ownPath(url)}
      preload="metadata"
      muted
      loop
      playsInline
      tabIndex={-1}
      aria-hidden="true"
      onLoadedMetadata={rest}
      onError={onBroken}
      onMouseEnter={play}
      onMouseLeave={rest}
      className="size-full bg-sunken object-cover"
    />
  );
}
