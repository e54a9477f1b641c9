import { z } from 'zod';
import { assetFormats, assetTypeSchema } from './format.ts';
import { campaignIdSchema, clientIdSchema, tagIdSchema } from './id.ts';
import { cursorSchema, maxPageSize, type PagePosition } from './page.ts';
import { roles } from './tag.ts';

const placeShape = {
  query: z
    .string()
    .max(10_000)
    .default('')
    .describe('Words and filters, e.g. `harbour kind:video -draft`; see docs/search.md. Never refused.'),
  clientId: clientIdSchema.optional(),
  campaignId: campaignIdSchema.optional(),
};

/** Newest first, or the best among the newest matches first. */
export const searchOrders = ['newest', 'relevance'] as const;
export type SearchOrder = (typeof searchOrders)[number];

/** Where a page of a search ends: behind a row, or behind so many of the ranking. */
export type SearchPosition = PagePosition | { readonly rank: number };

export function encodeRankCursor(rank: number): string {
  return `rank-${rank}`;
}

const searchCursorSchema = z
  .string()
  .max(200)
  .transform((cursor, context): SearchPosition => {
    const [, rank] = /^rank-(\d{1,6})$/.exec(cursor) ?? [];
    if (rank !== undefined) return { rank: Number(rank) };
    const position = cursorSchema.safeParse(cursor);
    if (position.success) return position.data;
    context.addIssue({ code: 'custom', message: 'is not a cursor that this server made; begin without one' });
    return z.NEVER;
  });

export const assetSearchInputSchema = z.object({
  ...placeShape,
  order: z.enum(searchOrders).default('newest').describe('`relevance` ranks the newest 2,000 matches.'),
  cursor: searchCursorSchema.optional().describe('`nextCursor` of the page before, in the same order.'),
  limit: z.int().min(1).max(maxPageSize).default(50),
});
export type AssetSearchInput = z.input<typeof assetSearchInputSchema>;

export const assetFacetsInputSchema = z.object(placeShape);
export type AssetFacetsInput = z.input<typeof assetFacetsInputSchema>;

export const searchHintSchema = z
  .strictObject({
    text: z.string(),
    reason: z.enum(['unknown_filter', 'unknown_value', 'too_many_terms', 'too_long']),
  })
  .meta({
    id: 'SearchHint',
    description: 'What in a query was not understood, and was searched for as words.',
  });

/** A page of found items. */
export function foundSchema<T extends z.ZodType>(item: T) {
  return z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    hints: z.array(searchHintSchema),
  });
}

const count = z.int().nonnegative();
const exact = z.boolean().describe('False: counted among the newest matches only.');

/** How many matches there are of each kind, format and place, most first. */
export const assetFacetsSchema = z
  .strictObject({
    total: z.strictObject({ count, exact }),
    kinds: z.strictObject({ exact, values: z.array(z.strictObject({ kind: assetTypeSchema, count })) }),
    formats: z.strictObject({
      exact,
      values: z.array(z.strictObject({ format: z.enum(assetFormats), count })),
    }),
    clients: z.strictObject({
      exact,
      values: z.array(z.strictObject({ id: clientIdSchema, name: z.string(), count })),
    }),
    campaigns: z.strictObject({
      exact,
      values: z.array(
        z.strictObject({ id: campaignIdSchema, clientId: clientIdSchema, name: z.string(), count }),
      ),
    }),
    roles: z.strictObject({ exact, values: z.array(z.strictObject({ role: z.enum(roles), count })) }),
    tags: z.strictObject({
      exact,
      values: z.array(z.strictObject({ id: tagIdSchema, clientId: clientIdSchema, name: z.string(), count })),
    }),
    hints: z.array(searchHintSchema),
  })
  .meta({ id: 'AssetFacets' });
export type AssetFacets = z.output<typeof assetFacetsSchema>;
