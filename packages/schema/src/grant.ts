import { z } from 'zod';
import { assetIdSchema, campaignIdSchema, clientIdSchema, userIdSchema } from './id.ts';
import { timestampSchema } from './time.ts';

/**
 * What a member may do with a client: a `manager` everything; an `editor` everything with its assets; a `contributor` uploads, and
 * sees and edits what they uploaded; a `viewer` sees. Owners and admins need no grant.
 */
export const grantRoles = ['manager', 'editor', 'contributor', 'viewer'] as const;
export const grantRoleSchema = z.enum(grantRoles).meta({ id: 'GrantRole' });
export type GrantRole = z.output<typeof grantRoleSchema>;

/** A campaign or an asset may say otherwise than its client, also that somebody is not to see it: `none`. */
export const exceptionRoles = [...grantRoles, 'none'] as const;
export const exceptionRoleSchema = z.enum(exceptionRoles).meta({ id: 'ExceptionRole' });
export type ExceptionRole = z.output<typeof exceptionRoleSchema>;

const aboutClient = { kind: z.literal('client'), clientId: clientIdSchema };
const aboutCampaign = { kind: z.literal('campaign'), campaignId: campaignIdSchema };
const aboutAsset = { kind: z.literal('asset'), assetId: assetIdSchema };

/** Somebody who has an account. */
export const personSchema = z
  .strictObject({ id: userIdSchema, name: z.string(), email: z.string() })
  .meta({ id: 'Person' });
export type Person = z.output<typeof personSchema>;

const given = { person: personSchema, createdAt: timestampSchema };

/** What somebody may do with a client, or where a campaign or an asset of it says otherwise. */
export const grantSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...aboutClient, role: grantRoleSchema, ...given }),
    z.strictObject({ ...aboutCampaign, clientId: clientIdSchema, role: exceptionRoleSchema, ...given }),
    z.strictObject({ ...aboutAsset, clientId: clientIdSchema, role: exceptionRoleSchema, ...given }),
  ])
  .meta({ id: 'Grant' });
export type Grant = z.output<typeof grantSchema>;

export const grantSetInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...aboutClient, userId: userIdSchema, role: grantRoleSchema }),
  z.strictObject({ ...aboutCampaign, userId: userIdSchema, role: exceptionRoleSchema }),
  z.strictObject({ ...aboutAsset, userId: userIdSchema, role: exceptionRoleSchema }),
]);

export const grantRemoveInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...aboutClient, userId: userIdSchema }),
  z.strictObject({ ...aboutCampaign, userId: userIdSchema }),
  z.strictObject({ ...aboutAsset, userId: userIdSchema }),
]);

export const grantTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject(aboutClient),
  z.strictObject(aboutCampaign),
  z.strictObject(aboutAsset),
]);

export const grantListInputSchema = z.strictObject({ clientId: clientIdSchema });

export const assetHideInputSchema = z.strictObject({
  id: assetIdSchema,
  hidden: z
    .union([z.literal(false), z.strictObject({ until: timestampSchema.nullable() })])
    .describe('`false` shows the asset again; `until: null` hides it until then.'),
});

/** Null: everybody of the client sees it. */
export const assetHidingSchema = z
  .strictObject({ hidden: z.strictObject({ until: timestampSchema.nullable() }).nullable() })
  .meta({ id: 'AssetHiding' });
export type AssetHiding = z.output<typeof assetHidingSchema>;
