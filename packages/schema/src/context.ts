import { z } from 'zod';
import { assetTypeSchema } from './format.ts';
import { assetIdSchema } from './id.ts';

/** One entry of the ordered list that ad and video generators ask for. */
export const generationContextItemSchema = z
  .strictObject({
    id: assetIdSchema,
    url: z.url(),
    thumbnailUrl: z.url().optional(),
    type: assetTypeSchema,
    source: z.enum(['campaign', 'client', 'uploaded']),
    name: z.string(),
    tags: z.array(z.string()),
    priority: z.int().positive().describe('1-based.'),
    duration: z.int().positive().optional(),
    waveformUrl: z.url().optional(),
    fileSize: z.int().positive(),
    mimeType: z.string(),
  })
  .meta({ id: 'GenerationContextItem' });
export type GenerationContextItem = z.output<typeof generationContextItemSchema>;
