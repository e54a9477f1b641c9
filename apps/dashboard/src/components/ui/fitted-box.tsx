import type { ReactNode } from 'react';

interface FittedBoxProps {
  /** Width divided by height. */
  ratio: number;
  /** Whether the box is as large as fits inside, or as small as fills everything. */
  fit: 'cover' | 'contain';
  /** CSS pixels that a contained box does not grow beyond. */
  maxWidth?: number | undefined;
  className?: string;
  children?: ReactNode;
}

/** A box of exactly this shape in the middle of what surrounds it; its size is known before anything in it is. */
export function FittedBox({ ratio, fit, maxWidth, className = '', children }: FittedBoxProps) {
  const across = `100cqw, 100cqh * ${ratio}`;
  const width = fit === 'cover' ? `max(${across})` : `min(${across}${maxWidth ? `, ${maxWidth}px` : ''})`;
  return (
    <div className="grid size-full place-items-center overflow-hidden [container-type:size]">
      <div className={`relative shrink-0 ${className}`} style={{ width, aspectRatio: ratio }}>
        {children}
      </div>
    </div>
  );
}
