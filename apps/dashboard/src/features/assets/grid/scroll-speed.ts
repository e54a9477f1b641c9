/** A moment of scrolling: milliseconds, and CSS pixels from the top. */
export interface ScrollMoment {
  readonly at: number;
  readonly y: number;
}

// About three screens a second: beyond that nobody sees the pictures.
const rushPixelsPerMs = 3;
// Restoring a place, or a jump to the end, is one large step; what it lands on should load at once.
const longestStepMs = 100;

/** Whether the page moved too fast between two scroll events for its pictures to be seen. */
export function isRush(before: ScrollMoment, now: ScrollMoment): boolean {
  const ms = now.at - before.at;
  return ms > 0 && ms <= longestStepMs && Math.abs(now.y - before.y) / ms > rushPixelsPerMs;
}
