import type { Rendered } from '@vitrine/core';
import type { FactsOf, RenditionStage } from '@vitrine/schema';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { PictureSize } from '../sandbox/protocol.ts';
import { makeDrawing } from './drawing-maker.ts';
import { makePictures } from './picture-maker.ts';
import { toRendered } from './to-rendered.ts';

export interface ImageToRender {
  readonly path: string;
  readonly facts: FactsOf<'image'>;
  readonly stage: RenditionStage;
}

/** `thumb` first, `preview` in the rest. */
export async function* renderImage(
  sandbox: Sandbox,
  { path, facts, stage }: ImageToRender,
): AsyncGenerator<Rendered, void, undefined> {
  const sizes: PictureSize[] = [stage === 'first' ? 'thumb' : 'large'];
  const pictures =
    facts.format === 'svg'
      ? await makeDrawing(sandbox, { path, sizes, width: facts.width, height: facts.height })
      : await makePictures(sandbox, { path, sizes });
  for (const picture of pictures) yield toRendered(stage === 'first' ? 'thumb' : 'preview', picture);
}
