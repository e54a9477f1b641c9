import { z } from 'zod';
import { clientIdSchema, userIdSchema } from './id.ts';
import { nameSchema, proseSchema } from './text.ts';
import { timestampSchema } from './time.ts';

export const brandGuidelinesSchema = z
  .strictObject({
    colors: z.array(z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be #RRGGBB')).max(64),
    fonts: z.array(nameSchema('a font', 100)).max(64),
    styleKeywords: z.array(nameSchema('a style keyword', 100)).max(64),
    documentUrls: z
      .array(z.url({ protocol: /^https?$/ }))
      .max(64)
      .optional(),
  })
  .meta({
    id: 'BrandGuidelines',
    description: "A brand's colours (#RRGGBB), fonts and style in words.",
    examples: [{ colors: ['#0F4C81', '#F4B942'], fonts: ['Inter'], styleKeywords: ['calm', 'coastal'] }],
  });
export type BrandGuidelines = z.output<typeof brandGuidelinesSchema>;

export const clientSchema = z
  .strictObject({
    id: clientIdSchema,
    userId: userIdSchema.describe('Who created it.'),
    name: z.string(),
    description: z.string(),
    brandGuidelines: brandGuidelinesSchema.optional(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
    archivedAt: timestampSchema.nullable(),
    rowVersion: z.int().positive().describe('Grows with every edit; give it back to refuse a lost update.'),
  })
  .meta({
    id: 'Client',
    description: 'A brand that the agency works for. Every asset belongs to exactly one.',
    examples: [
      {
        id: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01',
        userId: 'u_4fT0q2',
        name: 'Northwind Coffee',
        description: 'Roastery and twelve cafés.',
        brandGuidelines: {
          colors: ['#3B2F2F', '#E8D5B7'],
          fonts: ['Fraunces'],
          styleKeywords: ['warm', 'analogue'],
        },
        createdAt: '2026-01-31T09:30:00.000Z',
        updatedAt: '2026-01-31T09:30:00.000Z',
        archivedAt: null,
        rowVersion: 1,
      },
    ],
  });
export type Client = z.output<typeof clientSchema>;

export const clientCreateInputSchema = z.object({
  name: nameSchema("a client's name"),
  description: proseSchema().default(''),
  brandGuidelines: brandGuidelinesSchema.optional(),
});
export type ClientCreateInput = z.input<typeof clientCreateInputSchema>;

/** Fields that are left out stay as they are; `brandGuidelines: null` removes them. */
export const clientUpdateInputSchema = z.object({
  id: clientIdSchema,
  rowVersion: z.int().positive().optional(),
  name: nameSchema("a client's name").optional(),
  description: proseSchema().optional(),
  brandGuidelines: brandGuidelinesSchema.nullable().optional(),
  archived: z.boolean().optional(),
});
export type ClientUpdateInput = z.input<typeof clientUpdateInputSchema>;

export const clientListInputSchema = z.object({
  q: z.string().trim().max(200).optional(),
  archived: z.boolean().default(false).describe('true lists the archived clients too.'),
});
export type ClientListInput = z.input<typeof clientListInputSchema>;
