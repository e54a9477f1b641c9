import type { Ingested } from '@vitrine/core';
import { assetSchema, ingestOutcomeSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { AssetUrls } from './asset-urls.ts';
import { presentAsset } from './present-asset.ts';

/** The answer to a way in that sends no bytes. */
export const ingestedSchema = z
  .strictObject({ outcome: ingestOutcomeSchema, asset: assetSchema })
  .meta({ id: 'Ingested', description: 'What became of bytes that came in, and the asset that has them.' });

export function presentIngested(
  { outcome, asset }: Ingested,
  urls: AssetUrls,
): z.output<typeof ingestedSchema> {
  return { outcome, asset: presentAsset(asset, urls) };
}
