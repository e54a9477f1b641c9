import { z } from 'zod';
import { userRoleSchema } from './access.ts';
import { userIdSchema } from './id.ts';
import { timestampSchema } from './time.ts';

/** Somebody who may sign in, as those see it who run the installation. */
export const accountSchema = z
  .strictObject({
    id: userIdSchema,
    name: z.string(),
    email: z.string(),
    role: userRoleSchema,
    createdAt: timestampSchema,
    disabledAt: timestampSchema.nullable().describe('Since when they may not sign in; null: they may.'),
  })
  .meta({ id: 'Account' });
export type Account = z.output<typeof accountSchema>;

const emailSchema = z.string().trim().toLowerCase().pipe(z.email('must be an e-mail address'));
const passwordSchema = z
  .string()
  .min(10, 'must have at least 10 characters')
  .max(256, 'must have at most 256 characters');
const tokenSchema = z.string().min(20).max(200);

export const accountInviteInputSchema = z.strictObject({ email: emailSchema, role: userRoleSchema });

/** Somebody who was invited and has not joined yet. */
export const invitationSchema = z
  .strictObject({
    email: z.string(),
    role: userRoleSchema,
    invitedAt: timestampSchema,
    expiresAt: timestampSchema,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.output<typeof invitationSchema>;

export const accountWithdrawInputSchema = z.strictObject({ email: emailSchema });

/** An address at which somebody chooses their password, once. It is mailed to them, or told this one time. */
export const onceLinkSchema = z
  .strictObject({
    email: z.string(),
    url: z.url().nullable().describe('To hand on; null: it was mailed to them.'),
    failure: z.string().nullable().describe('Why it could not be mailed; null: it was, or there is no mail.'),
    expiresAt: timestampSchema,
  })
  .meta({ id: 'OnceLink' });
export type OnceLink = z.output<typeof onceLinkSchema>;

export const onceTokenInputSchema = z.strictObject({ token: tokenSchema });

/** What such an address is for: joining, or choosing another password. */
export const oncePurposeSchema = z
  .strictObject({ purpose: z.enum(['join', 'reset']), email: z.string().nullable() })
  .meta({ id: 'OncePurpose' });
export type OncePurpose = z.output<typeof oncePurposeSchema>;

export const accountJoinInputSchema = z.strictObject({
  token: tokenSchema,
  name: z.string().normalize('NFC').trim().min(1, 'is required').max(100),
  email: emailSchema.optional().describe('Only where the address leaves it open: the first owner.'),
  password: passwordSchema,
});

export const accountForgotInputSchema = z.strictObject({ email: emailSchema });
/** The same for every e-mail address, whether it has an account or not. */
export const accountForgotSchema = z
  .strictObject({ accepted: z.literal(true) })
  .meta({ id: 'PasswordForgotten' });

export const accountResetInputSchema = z.strictObject({ token: tokenSchema, password: passwordSchema });
/** What the page for signing in offers beside e-mail address and password. */
export const signInWaysSchema = z
  .strictObject({
    forgot: z.boolean().describe('Whether links for another password are mailed.'),
    sso: z.strictObject({ name: z.string() }).nullable().describe('Null: there is no single sign-on.'),
  })
  .meta({ id: 'SignInWays' });
export type SignInWays = z.output<typeof signInWaysSchema>;

export const accountIdInputSchema = z.strictObject({ userId: userIdSchema });
export const accountSetRoleInputSchema = z.strictObject({ userId: userIdSchema, role: userRoleSchema });
export const accountSetDisabledInputSchema = z.strictObject({ userId: userIdSchema, disabled: z.boolean() });
