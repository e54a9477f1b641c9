import { z } from 'zod';
import { assetSelectionSchema } from './bulk.ts';
import { assetIdSchema, clientIdSchema, collectionIdSchema } from './id.ts';
import { cursorSchema, maxPageSize } from './page.ts';
import { maxSearchLength } from './search.ts';
import { nameSchema } from './text.ts';
import { timestampSchema } from './time.ts';

/** Assets that a list holds, those in the trash counted. */
export const maxListAssets = 10_000;

const baseShape = {
  id: collectionIdSchema,
  clientId: clientIdSchema,
  name: z.string(),
  createdAt: timestampSchema,
  updatedAt: timestampSchema.describe('When its name, its query or what is in it was last changed.'),
  rowVersion: z.int().positive().describe('Grows with every edit, also of what a list holds.'),
};

const exampleBase = {
  id: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2c07',
  clientId: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01',
  createdAt: '2026-01-31T09:30:00.000Z',
  updatedAt: '2026-01-31T09:30:00.000Z',
  rowVersion: 1,
};

export const collectionListSchema = z
  .strictObject({
    kind: z.literal('list'),
    ...baseShape,
    assetCount: z
      .int()
      .nonnegative()
      .describe('How many of its assets you see, those in the trash not counted.'),
  })
  .meta({
    id: 'CollectionList',
    description: 'Assets in an order that people keep.',
    examples: [{ ...exampleBase, kind: 'list', name: 'Winter roast, final cut', assetCount: 12 }],
  });

export const collectionQuerySchema = z
  .strictObject({
    kind: z.literal('query'),
    ...baseShape,
    query: z.string().describe('A search, as it was written; it is run anew each time.'),
  })
  .meta({
    id: 'CollectionQuery',
    description: "A search of a client's assets that was given a name.",
    examples: [{ ...exampleBase, kind: 'query', name: 'Short clips', query: 'kind:video duration<30s' }],
  });

export const collectionSchema = z
  .discriminatedUnion('kind', [collectionListSchema, collectionQuerySchema])
  .meta({ id: 'Collection', description: 'Assets of one client under a name: a list, or a saved search.' });
export type Collection = z.output<typeof collectionSchema>;

const collectionNameSchema = nameSchema("a collection's name");
const savedQuerySchema = z
  .string()
  .trim()
  .min(1, 'must not be empty; a query says what belongs to it')
  .max(maxSearchLength, `has at most ${maxSearchLength} characters; no search reads more`)
  .describe('Words and filters, e.g. `harbour kind:video -draft`; see docs/search.md.');

const newShape = { clientId: clientIdSchema, name: collectionNameSchema };
export const collectionCreateInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), ...newShape }),
  z.object({ kind: z.literal('query'), ...newShape, query: savedQuerySchema }),
]);
export type CollectionCreateInput = z.input<typeof collectionCreateInputSchema>;

export const collectionListInputSchema = z.object({
  clientId: clientIdSchema,
  q: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe('Only those whose name contains this; case and accents do not matter.'),
  limit: z.int().min(1).max(500).default(200),
});
export type CollectionListInput = z.input<typeof collectionListInputSchema>;

export const collectionIdInputSchema = z.object({ id: collectionIdSchema });

const rowVersion = z
  .int()
  .positive()
  .optional()
  .describe('The version that was edited; another one now → `conflict`.');

/** Fields that are left out stay as they are. A list has no query, and neither becomes the other. */
export const collectionUpdateInputSchema = z.object({
  id: collectionIdSchema,
  rowVersion,
  name: collectionNameSchema.optional(),
  query: savedQuerySchema.optional(),
});
export type CollectionUpdateInput = z.input<typeof collectionUpdateInputSchema>;

export const collectionDeleteInputSchema = z.object({ id: collectionIdSchema, rowVersion });

export const collectionAssetsInputSchema = z.object({
  id: collectionIdSchema,
  cursor: cursorSchema.optional().describe('`nextCursor` of the page before.'),
  limit: z.int().min(1).max(maxPageSize).default(50),
});
export type CollectionAssetsInput = z.input<typeof collectionAssetsInputSchema>;

/** Assets by their ids, in this order, or everything of the client that a search finds, newest first. */
export const collectionAddInputSchema = z
  .object({
    id: collectionIdSchema,
    assetIds: assetSelectionSchema.optional().describe('Either these, or a query.'),
    query: savedQuerySchema.optional(),
  })
  .refine(({ assetIds, query }) => (assetIds === undefined) !== (query === undefined), {
    path: ['assetIds'],
    message: 'give either assetIds or a query',
  });
export type CollectionAddInput = z.input<typeof collectionAddInputSchema>;

export const collectionRemoveInputSchema = z.object({
  id: collectionIdSchema,
  assetIds: assetSelectionSchema,
});
export type CollectionRemoveInput = z.input<typeof collectionRemoveInputSchema>;

export const collectionMoveInputSchema = z
  .object({
    id: collectionIdSchema,
    assetIds: assetSelectionSchema.describe('In the order that they shall have.'),
    before: assetIdSchema.nullable().describe('The asset that comes behind them; null: they go to the end.'),
  })
  .refine(({ assetIds, before }) => !assetIds.some((id) => id === before), {
    path: ['before'],
    message: 'is one of those that are moved',
  });
export type CollectionMoveInput = z.input<typeof collectionMoveInputSchema>;
