import { z } from 'zod';
import { assetIdSchema, clientIdSchema } from './id.ts';
import { maxPageSize } from './page.ts';
import { timestampSchema } from './time.ts';

export const auditActorKinds = ['user', 'api_key', 'system'] as const;

/** One acknowledged write: who did what to which thing, and how it looked before and after. */
export const auditEventSchema = z
  .strictObject({
    seq: z.int().positive(),
    at: timestampSchema,
    actorKind: z.enum(auditActorKinds),
    actorId: z.string().nullable(),
    action: z.string(),
    targetType: z.string(),
    targetId: z.string(),
    clientId: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.output<typeof auditEventSchema>;

/** Who did it: a user; a key, with its name and its user's; or the installation itself. Names are those of today, null when nobody knows them any more. */
const auditWhoSchema = z.strictObject({
  kind: z.enum(auditActorKinds),
  id: z.string().nullable().describe("The user's or key's."),
  userId: z.string().nullable().describe('The user, also when it was a key of theirs.'),
  name: z.string().nullable(),
  email: z.string().nullable(),
});

/** One line of an activity. */
export const auditEntrySchema = z
  .strictObject({
    seq: z.int().positive(),
    at: timestampSchema,
    who: auditWhoSchema,
    action: z.string().describe('E.g. `asset.update`.'),
    targetType: z.string(),
    targetId: z.string(),
    clientId: z.string().nullable(),
    before: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Of an asset: for its editors and managers.'),
    after: z.record(z.string(), z.unknown()).nullable().describe('As `before`.'),
    requestId: z.string().nullable().describe('Of an asset: for its managers.'),
    address: z.string().nullable().describe('As `requestId`.'),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.output<typeof auditEntrySchema>;

/** A `seq` as text: what comes is older. */
const auditCursorSchema = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is not a cursor that this server made; begin without one')
  .transform(Number);

/** Of an asset, of a client, or (neither) of the installation. */
export const auditListInputSchema = z
  .object({
    assetId: assetIdSchema.optional(),
    clientId: clientIdSchema.optional(),
    actorId: z.string().min(1).max(100).optional().describe('A user, with their keys, or one key.'),
    action: z
      .string()
      .regex(/^[A-Za-z]+(\.[A-Za-z]+)?$/, 'is an action like asset.update, or a noun like asset')
      .max(100)
      .optional()
      .describe('`asset.update`, or `asset` for everything done to assets.'),
    from: timestampSchema.optional().describe('Not before.'),
    to: timestampSchema.optional().describe('Before.'),
    cursor: auditCursorSchema.optional().describe('`nextCursor` of the page before.'),
    limit: z.coerce.number().int().min(1).max(maxPageSize).default(50),
  })
  .refine(({ assetId, clientId }) => !(assetId && clientId), {
    path: ['clientId'],
    error: 'is not asked for together with an asset: an asset is of one client',
  });

export const auditPageSchema = z.strictObject({
  items: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
});
export type AuditPage = z.output<typeof auditPageSchema>;
