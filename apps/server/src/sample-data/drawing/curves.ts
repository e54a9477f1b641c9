export type Point = readonly [x: number, y: number];

const number = (value: number) => String(Math.round(value * 10) / 10);

/** A path through the points, rounded; closed when asked for. */
export function smoothPath(points: readonly Point[], closed = false): string {
  const at = (index: number): Point => {
    const last = points.length - 1;
    const wrapped = closed ? (index + points.length) % points.length : Math.min(Math.max(index, 0), last);
    return points[wrapped] ?? [0, 0];
  };
  const [startX, startY] = at(0);
  const steps = closed ? points.length : points.length - 1;
  const parts = [`M${number(startX)} ${number(startY)}`];
  for (let index = 0; index < steps; index += 1) {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    const control1 = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const control2 = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    parts.push(`C${[...control1, ...control2, ...to].map(number).join(' ')}`);
  }
  return parts.join('') + (closed ? 'Z' : '');
}

/** A path of straight lines. */
export function linePath(points: readonly Point[], closed = false): string {
  return `M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join('L')}${closed ? 'Z' : ''}`;
}
