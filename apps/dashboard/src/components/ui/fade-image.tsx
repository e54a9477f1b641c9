import { useState } from 'react';

interface FadeImageProps {
  /** Null: not asked for yet. */
  src: string | null;
  alt: string;
  /** Pixels of the picture itself. */
  width: number;
  height: number;
  /** Shown until the picture has come; null: nothing. */
  placeholder: string | null;
  /** `fill` for a place of the picture's own shape. */
  fit: 'cover' | 'fill';
  /** A picture in sight is asked for at once, one far away when it comes near. */
  isLazy?: boolean;
  onBroken?: () => void;
}

/**
 * A picture that fades in over its own blurred stand-in. It takes the room that it is given and never changes it, so
 * nothing moves when it comes; a picture that the browser has already is there without a fade.
 */
export function FadeImage({
  src,
  alt,
  width,
  height,
  placeholder,
  fit,
  isLazy = true,
  onBroken,
}: FadeImageProps) {
  const [isShown, setShown] = useState(false);
  const [wasThere, setWasThere] = useState(false);
  const fading = wasThere ? '' : 'transition-opacity';
  return (
    <>
      {placeholder !== null && (
        <span
          aria-hidden
          className={`absolute inset-0 bg-center delay-150 duration-150 ${fading} ${fit === 'cover' ? 'bg-cover' : 'bg-size-[100%_100%]'} ${isShown ? 'opacity-0' : ''}`}
          style={{ backgroundImage: `url("${placeholder}")` }}
        />
      )}
      {src !== null && (
        <img
          ref={(image) => {
            if (!image?.complete || image.naturalWidth === 0 || isShown) return;
            setWasThere(true);
            setShown(true);
          }}
          src={src}
          alt={alt}
          width={width}
          height={height}
          loading={isLazy ? 'lazy' : 'eager'}
          decoding="async"
          draggable={false}
          onLoad={() => setShown(true)}
          {...(onBroken && { onError: onBroken })}
          className={`absolute inset-0 size-full duration-200 ${fading} ${fit === 'cover' ? 'object-cover' : 'object-fill'} ${isShown ? '' : 'opacity-0'}`}
        />
      )}
    </>
  );
}
