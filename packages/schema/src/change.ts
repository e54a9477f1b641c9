import { z } from 'zod';
import { assetTileSchema } from './asset.ts';
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

/**
 * What a watcher is told. Each has an id that says where to go on; whoever comes back with the last one misses nothing
 * and hears nothing twice.
 */
export const changeEventSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('change'),
      change: changeSchema,
      tile: assetTileSchema
        .nullable()
        .describe('The asset as the watcher sees it now; null when it is gone, and for progress.'),
    }),
    z
      .strictObject({ type: z.literal('caught_up') })
      .describe(
        'Nothing up to here is still to be told: the first event of a new watch, and now and then later.',
      ),
    z
      .strictObject({ type: z.literal('reset') })
      .describe('Too much was missed to be told: load every list again.'),
  ])
  .meta({ id: 'ChangeEvent' });
export type ChangeEvent = z.output<typeof changeEventSchema>;

export const changeWatchInputSchema = z.strictObject({
  clientId: clientIdSchema.optional().describe('Only of this client.'),
  lastEventId: z
    .string()
    .max(100)
    .nullish()
    .describe('The id of the last event that arrived; the transport sends it when it connects again.'),
});
export type ChangeWatchInput = z.input<typeof changeWatchInputSchema>;
