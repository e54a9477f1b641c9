/** Where a gradient's colour stands: offset 0–1, colour, opacity (1 when left out). */
export type Stop = readonly [offset: number, color: string, opacity?: number];

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A drawing in units of its own, which becomes an SVG document. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Adds a shape; `children` goes inside it. */
  add(tag: string, attributes: Attributes, children?: string): void;
  /** A fill from top to bottom, or along the given direction (fractions of the shape's box). */
  linear(
    stops: readonly Stop[],
    direction?: readonly [x1: number, y1: number, x2: number, y2: number],
  ): string;
  /** A fill from a point outwards (fractions of the shape's box). */
  radial(stops: readonly Stop[], circle?: readonly [cx: number, cy: number, r: number]): string;
  /** A filter that blurs by so many units. */
  blur(deviation: number): string;
  /** Everything that `draw` adds is shown only inside the path. */
  clip(path: string, draw: () => void): void;
  /** Everything that `draw` adds shares these attributes. */
  group(attributes: Attributes, draw: () => void): void;
  /** The document; `pixels` wide when given, as wide as the units otherwise. */
  toSvg(pixels?: number): string;
}

const round = (value: string | number) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);

const attributesOf = (attributes: Attributes) =>
  Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${round(value)}"`]))
    .join(' ');

export function createCanvas(width: number, height: number): Canvas {
  const defs: string[] = [];
  const shapes: string[] = [];
  const define = (make: (id: string) => string) => {
    const id = `d${defs.length}`;
    defs.push(make(id));
    return `url(#${id})`;
  };
  const stopsOf = (stops: readonly Stop[]) =>
    stops
      .map(
        ([offset, color, opacity = 1]) =>
          `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`,
      )
      .join('');

  return {
    width,
    height,
    add(tag, attributes, children = '') {
      shapes.push(`<${tag} ${attributesOf(attributes)}>${children}</${tag}>`);
    },
    linear: (stops, [x1, y1, x2, y2] = [0, 0, 0, 1]) =>
      define(
        (id) =>
          `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stopsOf(stops)}</linearGradient>`,
      ),
    radial: (stops, [cx, cy, r] = [0.5, 0.5, 0.5]) =>
      define(
        (id) =>
          `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stopsOf(stops)}</radialGradient>`,
      ),
    blur: (deviation) =>
      define(
        (id) =>
          `<filter id="${id}" filterUnits="userSpaceOnUse" x="${-width * 0.04}" y="${-height * 0.04}" width="${width * 1.08}" height="${height * 1.08}"><feGaussianBlur stdDeviation="${deviation}"/></filter>`,
      ),
    clip(path, draw) {
      const clip = define((id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`);
      this.group({ 'clip-path': clip }, draw);
    },
    group(attributes, draw) {
      shapes.push(`<g ${attributesOf(attributes)}>`);
      draw();
      shapes.push('</g>');
    },
    toSvg: (pixels = width) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${Math.round((pixels * height) / width)}" viewBox="0 0 ${width} ${height}"><defs>${defs.join('')}</defs>${shapes.join('')}</svg>`,
  };
}
