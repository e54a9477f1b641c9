import { z } from 'zod';
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
