import {
  type Asset,
  assetSchema,
  audioAssetSchema,
  documentAssetSchema,
  imageAssetSchema,
} from '@vitrine/schema';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { assetFacts } from './asset-facts.ts';

function example(schema: z.ZodType): Asset {
  const examples = schema.meta()?.['examples'];
  return assetSchema.parse(Array.isArray(examples) ? examples[0] : undefined);
}
const labelsOf = (asset: Asset) => assetFacts(asset).map(([label]) => label);

test('an image has dimensions and no duration', () => {
  const asset = example(imageAssetSchema);
  expect(assetFacts(asset)).toContainEqual(['Dimensions', '3000 × 2000 px']);
  expect(labelsOf(asset)).not.toContain('Duration');
});

test('a sound has a duration and no dimensions', () => {
  const asset = example(audioAssetSchema);
  expect(assetFacts(asset)).toContainEqual(['Duration', '0:15']);
  expect(labelsOf(asset)).not.toContain('Dimensions');
});

test('a document without pages does not claim any', () => {
  const asset = example(documentAssetSchema);
  expect(assetFacts(asset)).toContainEqual(['Pages', '24']);
  if (asset.type !== 'document') throw new Error('The example of a document is none.');
  expect(labelsOf({ ...asset, format: 'docx', pageCount: null })).not.toContain('Pages');
});

test('the version is told once there is more than one', () => {
  const asset = example(imageAssetSchema);
  expect(labelsOf(asset)).not.toContain('Version');
  expect(assetFacts({ ...asset, version: 3 })).toContainEqual(['Version', '3']);
});
