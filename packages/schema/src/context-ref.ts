import { z } from 'zod';
import { factShapes } from './facts.ts';
import { formatSchemaOf } from './format.ts';
import { assetIdSchema, sha256Schema } from './id.ts';

const duration = z.int().positive().describe('Whole seconds, rounded, at least 1.');

/** One version of an asset, chosen for a slot. */
const refShape = {
  id: assetIdSchema,
  version: z.int().positive(),
  sha256: sha256Schema.describe('Of the bytes that `url` leads to, whatever becomes of the asset.'),
  name: z.string(),
  tags: z.array(z.string()).describe('Role names and free tags together.'),
  mimeType: z.string(),
  size: z.int().positive().describe('Bytes.'),
  source: z.enum(['campaign', 'client']),
  priority: z.int().positive().describe('1-based: its place in the slot.'),
  url: z.url().describe('The bytes, without any credential, for an hour or two.'),
};
const thumbnailUrl = z.url().optional().describe('Absent until there is one.');

export const imageRefSchema = z
  .strictObject({
    type: z.literal('image'),
    format: formatSchemaOf('image'),
    ...refShape,
    ...factShapes.image,
    thumbnailUrl,
  })
  .meta({ id: 'ImageRef' });
export type ImageRef = z.output<typeof imageRefSchema>;

export const videoRefSchema = z
  .strictObject({
    type: z.literal('video'),
    format: formatSchemaOf('video'),
    ...refShape,
    ...factShapes.video,
    duration,
    thumbnailUrl,
  })
  .meta({ id: 'VideoRef' });
export type VideoRef = z.output<typeof videoRefSchema>;

export const audioRefSchema = z
  .strictObject({
    type: z.literal('audio'),
    format: formatSchemaOf('audio'),
    ...refShape,
    ...factShapes.audio,
    duration,
    thumbnailUrl,
    waveformUrl: z.url().optional().describe('Peaks as JSON; absent until they are ready.'),
  })
  .meta({ id: 'AudioRef' });
export type AudioRef = z.output<typeof audioRefSchema>;

export const visualRefSchema = z
  .discriminatedUnion('type', [imageRefSchema, videoRefSchema])
  .meta({ id: 'VisualRef', description: 'An image or a video, told apart by `type`.' });
export type VisualRef = z.output<typeof visualRefSchema>;
