import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssetFacts, type AssetFormat, assetFormats } from '@vitrine/schema';
import { audioRecipes } from './audio-recipes.ts';
import { documentRecipes } from './document-recipes.ts';
import { imageRecipes } from './image-recipes.ts';
import type { MediaRecipe } from './media-recipe.ts';
import { videoRecipes } from './video-recipes.ts';

/** A real file of one of the twenty formats. */
export interface MediaFixture {
  readonly format: AssetFormat;
  /** What is special about it. */
  readonly variant: string;
  readonly fileName: string;
  readonly path: string;
  /** What it holds. Durations are nominal: encoders round them up to whole packets, so allow 100 ms. */
  readonly facts: AssetFacts;
}

const recipes: Record<AssetFormat, readonly MediaRecipe[]> = {
  ...imageRecipes,
  ...videoRecipes,
  ...audioRecipes,
  ...documentRecipes,
};

/** Every format that a fixture can be made of: all of the table. */
export const fixtureFormats: readonly AssetFormat[] = assetFormats;

/** The variants of a format; the first is the plain one. */
export function fixtureVariants(format: AssetFormat): readonly string[] {
  return recipes[format].map(({ variant }) => variant);
}

/**
 * Makes one real file, at most 200 KB, in a folder, which is made if need be: the plain one of its format, or a named
 * variant. It is made by ffmpeg, sharp, pdfkit or by hand (`doc`, variant `libreoffice`: by LibreOffice), takes 10 to
 * 300 ms, and has the same content every time. A missing program fails with the Debian package that brings it.
 */
export async function makeFixture(
  format: AssetFormat,
  directory: string,
  options: { variant?: string } = {},
): Promise<MediaFixture> {
  const [plain] = recipes[format];
  const variant = options.variant ?? plain?.variant;
  const recipe = recipes[format].find((candidate) => candidate.variant === variant);
  if (!recipe) throw new Error(`There is no fixture '${variant}' of the format ${format}.`);
  await mkdir(directory, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'vitrine-fixture-'));
  const fileName = `${recipe.variant}.${format}`;
  const path = join(directory, fileName);
  try {
    await recipe.make(path, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return { format, variant: recipe.variant, fileName, path, facts: recipe.facts };
}

/** Makes every variant of every format (some 70 files in about 15 s); at least two of each. */
export async function makeFixtures(directory: string): Promise<MediaFixture[]> {
  const fixtures: MediaFixture[] = [];
  for (const format of fixtureFormats) {
    for (const variant of fixtureVariants(format))
      fixtures.push(await makeFixture(format, directory, { variant }));
  }
  return fixtures;
}
