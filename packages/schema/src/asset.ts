import { z } from 'zod';
import { factShapes } from './facts.ts';
import { type AssetType, assetTypeSchema, formatSchemaOf } from './format.ts';
import { assetIdSchema, campaignIdSchema, clientIdSchema, sha256Schema, userIdSchema } from './id.ts';
import { renditionSchema } from './rendition.ts';
import { audioRoleSchema, visualRoleSchema } from './tag.ts';
import { timestampSchema } from './time.ts';

/** 1 is chosen first. */
export const prioritySchema = z.int().min(1).max(1_000_000);

/** What every asset has, whatever its kind. */
const baseShape = {
  id: assetIdSchema,
  userId: userIdSchema.describe('Who uploaded it.'),
  clientId: clientIdSchema,
  campaignId: campaignIdSchema
    .nullable()
    .describe("A campaign of the same client, or null for the client's own."),
  name: z.string(),
  url: z.url().describe('The file itself. Absolute; carries nobody’s token.'),
  size: z.int().positive().describe('Bytes.'),
  uploadedAt: timestampSchema,
  updatedAt: timestampSchema,
  tags: z.array(z.string()).describe('Role names and free tags together.'),
  priority: prioritySchema
    .nullable()
    .describe('Lower ones are chosen first; null comes after all that have one.'),
  path: z
    .string()
    .nullable()
    .describe('The folder that the file lay in when a folder was uploaded, without its own name.'),
  mimeType: z.string(),
  sha256: sha256Schema,
  version: z.int().positive().describe('1-based; grows when the bytes are replaced.'),
  rowVersion: z.int().positive().describe('Grows with every edit; give it back to refuse a lost update.'),
  preview: renditionSchema,
};

const duration = z.int().positive().describe('Whole seconds, rounded, at least 1.');

const exampleBase = {
  id: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03',
  userId: 'u_4fT0q2',
  clientId: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01',
  campaignId: null,
  url: 'http://localhost:4400/api/v2/assets/01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03',
  uploadedAt: '2026-01-31T09:30:00.000Z',
  updatedAt: '2026-01-31T09:30:00.000Z',
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  version: 1,
  rowVersion: 1,
  priority: null,
  path: null,
  preview: { state: 'pending' },
};

export const imageAssetSchema = z
  .strictObject({
    type: z.literal('image'),
    format: formatSchemaOf('image'),
    ...baseShape,
    ...factShapes.image,
    roles: z.array(visualRoleSchema),
  })
  .meta({
    id: 'ImageAsset',
    examples: [
      {
        ...exampleBase,
        type: 'image',
        format: 'jpg',
        name: 'harbour-at-dawn.jpg',
        mimeType: 'image/jpeg',
        size: 482_113,
        width: 3000,
        height: 2000,
        roles: ['background'],
        tags: ['background', 'harbour'],
      },
    ],
  });
export type ImageAsset = z.output<typeof imageAssetSchema>;

export const videoAssetSchema = z
  .strictObject({
    type: z.literal('video'),
    format: formatSchemaOf('video'),
    ...baseShape,
    ...factShapes.video,
    duration,
    thumbnailUrl: z.url().describe('A still; answers from the moment the asset exists.'),
    roles: z.array(visualRoleSchema),
  })
  .meta({
    id: 'VideoAsset',
    examples: [
      {
        ...exampleBase,
        type: 'video',
        format: 'mp4',
        name: 'pour-over.mp4',
        mimeType: 'video/mp4',
        size: 8_204_112,
        width: 1920,
        height: 1080,
        duration: 12,
        durationMs: 12_040,
        thumbnailUrl: `${exampleBase.url}/thumbnail`,
        roles: ['first_frame'],
        tags: ['first_frame'],
      },
    ],
  });
export type VideoAsset = z.output<typeof videoAssetSchema>;

export const audioAssetSchema = z
  .strictObject({
    type: z.literal('audio'),
    format: formatSchemaOf('audio'),
    ...baseShape,
    ...factShapes.audio,
    duration,
    waveformUrl: z.url().nullable().describe('Peaks as JSON; null until they are ready.'),
    roles: z.array(audioRoleSchema),
  })
  .meta({
    id: 'AudioAsset',
    examples: [
      {
        ...exampleBase,
        type: 'audio',
        format: 'mp3',
        name: 'jingle.mp3',
        mimeType: 'audio/mpeg',
        size: 402_112,
        duration: 15,
        durationMs: 14_602,
        waveformUrl: null,
        roles: ['use_full_audio'],
        tags: ['use_full_audio', 'jingle'],
      },
    ],
  });
export type AudioAsset = z.output<typeof audioAssetSchema>;

export const documentAssetSchema = z
  .strictObject({
    type: z.literal('document'),
    format: formatSchemaOf('document'),
    ...baseShape,
    ...factShapes.document,
    thumbnailUrl: z.url().nullable(),
    roles: z.array(z.never()).describe('Documents carry no role tags.'),
  })
  .meta({
    id: 'DocumentAsset',
    examples: [
      {
        ...exampleBase,
        type: 'document',
        format: 'pdf',
        name: 'brand-book.pdf',
        mimeType: 'application/pdf',
        size: 1_202_112,
        pageCount: 24,
        thumbnailUrl: null,
        roles: [],
        tags: ['guidelines'],
      },
    ],
  });
export type DocumentAsset = z.output<typeof documentAssetSchema>;

/** The union that Vitrine is about: switch on `type` and the compiler knows the rest. */
export const assetSchema = z
  .discriminatedUnion('type', [imageAssetSchema, videoAssetSchema, audioAssetSchema, documentAssetSchema])
  .meta({
    id: 'Asset',
    description: 'An image, a video, an audio file or a document, told apart by `type`.',
  });
export type Asset = z.output<typeof assetSchema>;
/** One variant of the union: `AssetOf<'video'>` is `VideoAsset`. */
export type AssetOf<T extends AssetType> = Extract<Asset, { type: T }>;

/** What the grid draws, and nothing more: half the bytes of the full asset. */
export const assetTileSchema = z
  .strictObject({
    id: assetIdSchema,
    type: assetTypeSchema,
    format: z.string(),
    name: z.string(),
    clientId: clientIdSchema,
    campaignId: campaignIdSchema.nullable(),
    size: z.int().positive(),
    uploadedAt: timestampSchema,
    width: z.int().positive().nullable(),
    height: z.int().positive().nullable(),
    durationMs: z.int().positive().nullable(),
    pageCount: z.int().positive().nullable(),
    url: z.url(),
    preview: renditionSchema,
  })
  .meta({ id: 'AssetTile', description: 'The few fields that a tile of the grid needs.' });
export type AssetTile = z.output<typeof assetTileSchema>;
