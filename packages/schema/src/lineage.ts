import { z } from 'zod';
import { assetIdSchema } from './id.ts';

const line = (max: number) => z.string().normalize('NFC').trim().min(1).max(max);

/** One version of one asset. */
export const versionRefSchema = z
  .strictObject({ assetId: assetIdSchema, version: z.int().positive() })
  .meta({ id: 'VersionRef' });
export type VersionRef = z.output<typeof versionRefSchema>;

/** What something was made of, and what it was used as: an asset's role, or a word of the maker's own. */
export const derivationSchema = z
  .strictObject({
    ...versionRefSchema.shape,
    role: line(64).describe('What it was used as, e.g. `brand_logo` or `voice_sample`.'),
  })
  .meta({ id: 'Derivation' });
export type Derivation = z.output<typeof derivationSchema>;

/** How something was generated. */
export const generationSchema = z
  .strictObject({
    generator: line(200).describe('The program or service.'),
    model: line(200).nullable().default(null),
    prompt: z.string().max(20_000).nullable().default(null),
    requestId: line(200).nullable().default(null).describe('The generator’s own number of the request.'),
  })
  .meta({ id: 'Generation' });
export type Generation = z.output<typeof generationSchema>;

export const maxDerivations = 100;
