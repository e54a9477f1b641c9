import { z } from 'zod';
import { assetIdSchema, campaignIdSchema, clientIdSchema } from './id.ts';
import { presetSchema } from './rendition.ts';
import { timestampSchema } from './time.ts';

const base = {
  at: timestampSchema,
  clientId: clientIdSchema,
};
const asset = { ...base, assetId: assetIdSchema, campaignId: campaignIdSchema.nullable() };

/** What happened, as those hear of it who watch. It names things by their ids; what they look like now is read anew. */
export const changeSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('asset.created'), ...asset }),
    z.strictObject({ kind: z.literal('asset.updated'), ...asset }),
    z.strictObject({ kind: z.literal('asset.trashed'), ...asset }),
    z.strictObject({
      kind: z.literal('rendition.ready'),
      ...asset,
      version: z.int().positive(),
      preset: presetSchema,
    }),
    z.strictObject({
      kind: z.literal('rendition.failed'),
      ...asset,
      version: z.int().positive(),
      preset: presetSchema,
      reason: z.string().min(1),
    }),
    z.strictObject({
      kind: z.literal('job.progress'),
      ...asset,
      job: z.string().min(1),
      done: z.int().nonnegative(),
      total: z.int().positive(),
    }),
  ])
  .meta({ id: 'Change' });
export type Change = z.output<typeof changeSchema>;
export type ChangeKind = Change['kind'];
export const changeKinds: readonly ChangeKind[] = [
  'asset.created',
  'asset.updated',
  'asset.trashed',
  'rendition.ready',
  'rendition.failed',
  'job.progress',
];
