import {
  type Asset,
  type AssetType,
  audioAssetSchema,
  documentAssetSchema,
  imageAssetSchema,
  videoAssetSchema,
} from '@vitrine/schema';
import { z } from 'zod';

const schemas = {
  image: imageAssetSchema,
  video: videoAssetSchema,
  audio: audioAssetSchema,
  document: documentAssetSchema,
} as const satisfies Record<AssetType, z.ZodType<Asset>>;

/** The documented example of a kind, as the server would answer it. */
export function exampleAsset(type: AssetType): Asset {
  const examples = z.array(z.unknown()).min(1).parse(z.globalRegistry.get(schemas[type])?.['examples']);
  return schemas[type].parse(examples[0]);
}
