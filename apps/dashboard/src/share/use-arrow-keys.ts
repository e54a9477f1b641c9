import { useEffect, useEffectEvent } from 'react';

/** Calls back with -1 or 1 for the arrow keys; not in a player, where they wind. */
export function useArrowKeys(step: (by: -1 | 1) => void): void {
  const run = useEffectEvent(step);
  useEffect(() => {
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      if (target instanceof HTMLMediaElement) return;
      if (key === 'ArrowLeft') run(-1);
      if (key === 'ArrowRight') run(1);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
