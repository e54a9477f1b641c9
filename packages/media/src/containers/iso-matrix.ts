/** The 2×2 part of a display matrix: what rotates and mirrors. */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** Nine 32-bit numbers (a b u, c d v, x y w); only the linear part turns a picture. */
export function readMatrix(bytes: Buffer, offset: number): Matrix {
  return {
    a: bytes.readInt32BE(offset) / 65536,
    b: bytes.readInt32BE(offset + 4) / 65536,
    c: bytes.readInt32BE(offset + 12) / 65536,
    d: bytes.readInt32BE(offset + 16) / 65536,
  };
}

/** A track's matrix followed by the movie's. */
export function combine(track: Matrix, movie: Matrix): Matrix {
  return {
    a: track.a * movie.a + track.b * movie.c,
    b: track.a * movie.b + track.b * movie.d,
    c: track.c * movie.a + track.d * movie.c,
    d: track.c * movie.b + track.d * movie.d,
  };
}

/** Whether the picture's width lies along the screen's height. */
export function isQuarterTurn({ a, b }: Matrix): boolean {
  return Math.abs(b) > Math.abs(a);
}
