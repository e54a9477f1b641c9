import { useEffect, useState } from 'react';
import { isRush } from './scroll-speed.ts';

const pauseMs = 140;
let lastRush = Number.NEGATIVE_INFINITY;
let before = { at: 0, y: 0 };
let isWatching = false;

/** Notes when the page was last scrolled faster than anybody looks. */
function watch(): void {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener(
    'scroll',
    () => {
      const now = { at: performance.now(), y: window.scrollY };
      if (isRush(before, now)) lastRush = now.at;
      before = now;
    },
    { passive: true },
  );
}

const hasRested = () => performance.now() - lastRush > pauseMs;

/** False while the page rushes past, true from the moment it has come to rest; once true it stays true. */
export function useCalmScroll(): boolean {
  const [isCalm, setCalm] = useState(hasRested);
  useEffect(() => {
    watch();
    if (isCalm) return;
    const timer = setInterval(() => hasRested() && setCalm(true), pauseMs / 2);
    return () => clearInterval(timer);
  }, [isCalm]);
  return isCalm;
}
