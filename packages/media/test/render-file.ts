import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Rendered, RenderOptions } from '@vitrine/core';
import type { AssetFacts } from '@vitrine/schema';
import sharp from 'sharp';
import type { MediaTools } from '../src/index.ts';

export interface RenderedFile {
  readonly facts: AssetFacts;
  readonly outcomes: readonly Rendered[];
}

/** Reads a file's facts and makes a stage of its renditions. */
export async function renderFile(
  media: MediaTools,
  path: string,
  options: Partial<RenderOptions> = {},
): Promise<RenderedFile> {
  const { size } = await stat(path);
  const { mimeType, ...facts } = await media.inspector.inspect({ path, size, fileName: basename(path) });
  const outcomes = await Array.fromAsync(
    media.renderer.render(
      { path, size, facts },
      { stage: 'first', posterMs: null, urgent: false, ...options },
    ),
  );
  return { facts, outcomes };
}

export type RenderedImage = Extract<Rendered, { state: 'image' }>;

/** The picture made for a preset; fails with what became of it otherwise. */
export function imageOf({ outcomes }: RenderedFile, preset: string): RenderedImage {
  const outcome = outcomes.find((candidate) => candidate.preset === preset);
  if (outcome?.state !== 'image')
    throw new Error(`${preset}: ${JSON.stringify(outcome ?? outcomes.map((other) => other.preset))}`);
  return outcome;
}

export interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha, 0 to 255. */
  at(x: number, y: number): readonly [number, number, number, number];
}

/** The pixels that a browser would show; fails unless they have the size that was promised. */
export async function decode(image: RenderedImage): Promise<Decoded> {
  const { data, info } = await sharp(image.bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (width !== image.width || height !== image.height)
    throw new Error(`It has ${width} × ${height} px, not ${image.width} × ${image.height}.`);
  const channel = (x: number, y: number, index: number) => data[(y * width + x) * 4 + index] ?? -1;
  return {
    width,
    height,
    at: (x, y) => [channel(x, y, 0), channel(x, y, 1), channel(x, y, 2), channel(x, y, 3)],
  };
}

/** How far two colours are apart in their worst channel; transparency aside. */
export function distance(one: readonly number[], other: readonly number[]): number {
  return Math.max(...[0, 1, 2].map((index) => Math.abs((one[index] ?? 0) - (other[index] ?? 0))));
}
