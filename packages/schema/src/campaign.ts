import { z } from 'zod';
import { campaignIdSchema, clientIdSchema } from './id.ts';
import { nameSchema, proseSchema } from './text.ts';
import { timestampSchema } from './time.ts';

export const campaignStatuses = ['draft', 'active', 'archived'] as const;
export const campaignStatusSchema = z.enum(campaignStatuses).meta({ id: 'CampaignStatus' });
export type CampaignStatus = z.output<typeof campaignStatusSchema>;

export const campaignBriefSchema = z
  .strictObject({
    objective: proseSchema(),
    targetAudience: proseSchema(),
    keyMessages: z.array(proseSchema(1000)).max(50),
  })
  .meta({
    id: 'CampaignBrief',
    examples: [
      {
        objective: 'Launch the winter roast',
        targetAudience: 'City commuters, 25–40',
        keyMessages: ['Roasted this week'],
      },
    ],
  });
export type CampaignBrief = z.output<typeof campaignBriefSchema>;

export const campaignSchema = z
  .strictObject({
    id: campaignIdSchema,
    clientId: clientIdSchema,
    name: z.string(),
    goal: z.string(),
    status: campaignStatusSchema,
    brief: campaignBriefSchema.optional(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
    rowVersion: z.int().positive(),
  })
  .meta({
    id: 'Campaign',
    description: 'A piece of work for one client, to which assets may belong.',
    examples: [
      {
        id: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2c02',
        clientId: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01',
        name: 'Winter roast',
        goal: 'Sell out the limited roast by Christmas',
        status: 'active',
        createdAt: '2026-01-31T09:30:00.000Z',
        updatedAt: '2026-01-31T09:30:00.000Z',
        rowVersion: 1,
      },
    ],
  });
export type Campaign = z.output<typeof campaignSchema>;

export const campaignCreateInputSchema = z.object({
  clientId: clientIdSchema,
  name: nameSchema("a campaign's name"),
  goal: proseSchema().default(''),
  status: campaignStatusSchema.default('draft'),
  brief: campaignBriefSchema.optional(),
});
export type CampaignCreateInput = z.input<typeof campaignCreateInputSchema>;

/** Fields that are left out stay as they are; `brief: null` removes it. A campaign never changes its client. */
export const campaignUpdateInputSchema = z.object({
  id: campaignIdSchema,
  rowVersion: z.int().positive().optional(),
  name: nameSchema("a campaign's name").optional(),
  goal: proseSchema().optional(),
  status: campaignStatusSchema.optional(),
  brief: campaignBriefSchema.nullable().optional(),
});
export type CampaignUpdateInput = z.input<typeof campaignUpdateInputSchema>;

export const campaignListInputSchema = z.object({ clientId: clientIdSchema.optional() });
export type CampaignListInput = z.input<typeof campaignListInputSchema>;
