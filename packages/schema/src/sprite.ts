/** How the frames of a video's `sprite` are laid out: from left to right, then down. */
export interface SpriteLayout {
  readonly columns: number;
  readonly rows: number;
  /** Frames; the cells behind the last one are empty. */
  readonly count: number;
  /** Pixels of each cell. */
  readonly cellWidth: number;
  readonly cellHeight: number;
}

const columns = 6;
const mostFrames = 24;
/** Pixels of a cell's longer edge. */
const edge = 160;
/** Closer frames would show the same. */
const leastApartMs = 250;

/** The layout that a video's facts lead to; the server draws by it, and who shows the sheet reads by it. */
export function spriteLayout(video: {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}): SpriteLayout {
  const scale = edge / Math.max(video.width, video.height);
  const count = Math.min(mostFrames, Math.max(1, Math.floor(video.durationMs / leastApartMs)));
  return {
    columns: Math.min(columns, count),
    rows: Math.ceil(count / columns),
    count,
    cellWidth: Math.max(2, Math.round(video.width * scale)),
    cellHeight: Math.max(2, Math.round(video.height * scale)),
  };
}

/** When each frame of the sheet was taken, in milliseconds: the middle of its share of the video. */
export function spriteTimes(
  { durationMs }: { readonly durationMs: number },
  { count }: SpriteLayout,
): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * durationMs) / count));
}
