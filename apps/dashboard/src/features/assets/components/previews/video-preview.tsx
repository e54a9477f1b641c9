import type { VideoAsset } from '@vitrine/schema';
import {
  MediaControlBar,
  MediaController,
  MediaFullscreenButton,
  MediaMuteButton,
  MediaPipButton,
  MediaPlayButton,
  MediaPlaybackRateButton,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from 'media-chrome/react';
import { useRef, useState } from 'react';
import { ownPath } from '../../../../lib/own-path.ts';
import { renditionOf, useRenditions } from '../../api/use-renditions.ts';
import { FileCard } from './file-card.tsx';
import { PosterButtons } from './poster-buttons.tsx';

// Assets carry no captions, so there is no track to name.
const Video = 'video';

/** A video with its player; formats that the browser does not play become a card with the download. */
export function VideoPreview({ asset }: { asset: VideoAsset }) {
  const [isBroken, setBroken] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const renditions = useRenditions(asset.id);
  const poster = renditionOf(renditions.data, 'poster');
  if (isBroken) {
    return (
      <FileCard
        asset={asset}
        reason={`This browser does not play this ${asset.format.toUpperCase()} file. Download it to watch it.`}
      />
    );
  }
  return (
    <div className="flex min-w-0 flex-1 flex-col items-center justify-center gap-4 p-3 sm:p-8">
      <MediaController
        className="media-player max-h-full w-full overflow-hidden rounded-xl shadow-float"
        style={{
          aspectRatio: `${asset.width} / ${asset.height}`,
          maxWidth: `min(100%, calc((100dvh - 9rem) * ${asset.width / asset.height}))`,
        }}
      >
        <Video
          slot="media"
          ref={video}
          src={ownPath(asset.url)}
          {...(poster?.state === 'ready' && { poster: ownPath(poster.url) })}
          preload="metadata"
          playsInline
          onError={() => setBroken(true)}
          aria-label={asset.name}
        />
        <MediaControlBar>
          <MediaPlayButton />
          <MediaTimeRange />
          <MediaTimeDisplay showDuration />
          <MediaMuteButton />
          <MediaVolumeRange className="max-sm:hidden" />
          <MediaPlaybackRateButton className="max-sm:hidden" rates={[0.5, 1, 1.5, 2]} />
          <MediaPipButton className="max-sm:hidden" />
          <MediaFullscreenButton />
        </MediaControlBar>
      </MediaController>
      <PosterButtons
        id={asset.id}
        isChosen={typeof renditions.data?.posterMs === 'number'}
        currentMs={() => Math.round((video.current?.currentTime ?? 0) * 1000)}
      />
    </div>
  );
}
