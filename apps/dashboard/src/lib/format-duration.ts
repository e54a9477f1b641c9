/** Milliseconds as a clock, in whole seconds and at least one: `12040` → `0:12`, `3725000` → `1:02:05`. */
export function formatDuration(durationMs: number): string {
  const total = Math.max(1, Math.round(durationMs / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}
