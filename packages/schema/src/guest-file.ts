import { z } from 'zod';
import {
  assetIdSchema,
  campaignIdSchema,
  clientIdSchema,
  guestFileIdSchema,
  uploadLinkIdSchema,
} from './id.ts';
import { maxPageSize } from './page.ts';
import { guestFileStates } from './share-kinds.ts';
import { nameSchema } from './text.ts';
import { timestampSchema } from './time.ts';
import { ingestOutcomeSchema } from './upload.ts';

export const guestFileSchema = z
  .strictObject({
    id: guestFileIdSchema,
    linkId: uploadLinkIdSchema,
    linkName: z.string(),
    clientId: clientIdSchema,
    campaignId: campaignIdSchema,
    sender: z.string().describe('As the guest said; nobody has checked it.'),
    fileName: z.string(),
    size: z.int().positive().describe('Bytes.'),
    state: z.enum(guestFileStates),
    assetId: assetIdSchema.nullable().describe('What became of it, once it was accepted.'),
    createdAt: timestampSchema,
    decidedAt: timestampSchema.nullable(),
  })
  .meta({ id: 'GuestFile', description: 'A file that a guest sent. It is no asset until it is accepted.' });
export type GuestFile = z.output<typeof guestFileSchema>;

/** Where a page ends: whether its last file waits (`w`) or was decided about (`d`), its time in milliseconds, and its id. */
const guestCursorSchema = z
  .string()
  .regex(/^[wd]\.\d{1,15}\.[0-9a-f-]{36}$/, 'is not a cursor that this server made; begin without one')
  .transform((text) => ({ waits: text.startsWith('w'), at: Number(text.slice(2, -37)), id: text.slice(-36) }))
  .pipe(z.object({ waits: z.boolean(), at: z.int(), id: guestFileIdSchema }));
export type GuestFilePosition = z.output<typeof guestCursorSchema>;

export const encodeGuestCursor = ({ waits, at, id }: GuestFilePosition) => `${waits ? 'w' : 'd'}.${at}.${id}`;

export const guestListInputSchema = z.object({
  clientId: clientIdSchema,
  campaignId: campaignIdSchema.optional().describe('Enough for those who work on one campaign alone.'),
  cursor: guestCursorSchema.optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(50),
});
export const guestFilePageSchema = z.strictObject({
  items: z.array(guestFileSchema),
  nextCursor: z.string().nullable(),
});
export type GuestFilePage = z.output<typeof guestFilePageSchema>;
export const guestFileIdInputSchema = z.strictObject({ id: guestFileIdSchema });

export const guestAcceptedSchema = z
  .strictObject({ outcome: ingestOutcomeSchema, assetId: assetIdSchema })
  .meta({ id: 'GuestAccepted' });

/** The fields beside a guest's file. */
export const guestFormSchema = z.object({ sender: nameSchema("the sender's name", 100) });
export const guestUnlockInputSchema = z.strictObject({ password: z.string().min(1).max(200) });

const leftSchema = z.strictObject({ bytes: z.int().nonnegative(), files: z.int().nonnegative() });

/** What a guest is told of the link: where files go, or that a password is needed first. */
export const guestPageSchema = z
  .discriminatedUnion('state', [
    z.strictObject({ state: z.literal('locked') }),
    z.strictObject({
      state: z.literal('open'),
      client: z.string(),
      campaign: z.string(),
      message: z.string().nullable(),
      expiresAt: timestampSchema,
      left: leftSchema.describe('What the link still takes.'),
      maxFileBytes: z.int().positive(),
      extensions: z.array(z.string()).describe('Of the formats that are accepted, without the dot.'),
    }),
  ])
  .meta({ id: 'GuestPage' });
export type GuestPage = z.output<typeof guestPageSchema>;

export const guestReceiptSchema = z
  .strictObject({ fileName: z.string(), size: z.int().positive(), left: leftSchema })
  .meta({ id: 'GuestReceipt', description: 'The file arrived whole, and waits to be accepted.' });
export type GuestReceipt = z.output<typeof guestReceiptSchema>;
