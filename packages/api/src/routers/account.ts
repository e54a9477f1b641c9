import type { HandedOver } from '@vitrine/core';
import {
  accountForgotInputSchema,
  accountForgotSchema,
  accountIdInputSchema,
  accountInviteInputSchema,
  accountJoinInputSchema,
  accountResetInputSchema,
  accountSchema,
  accountSetDisabledInputSchema,
  accountSetRoleInputSchema,
  accountWithdrawInputSchema,
  invitationSchema,
  type OnceLink,
  onceLinkSchema,
  oncePurposeSchema,
  onceTokenInputSchema,
  sessionsEndedSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { onceAddress } from '../present/once-address.ts';
import { procedure, publicProcedure, router } from '../trpc.ts';

const tag = 'Access';
const joinedSchema = z.strictObject({ email: z.string() });

function linkTo(publicUrl: string, { token, ...once }: HandedOver): OnceLink {
  return { ...once, url: token === null ? null : onceAddress(publicUrl, token) };
}

export const accountRouter = router({
  list: procedure
    .meta({
      permission: 'account.list',
      rest: { tag, routes: [{ method: 'GET', path: '/api/accounts', summary: 'Who may sign in' }] },
    })
    .output(z.array(accountSchema))
    .query(({ ctx }) => ctx.services.people.list(ctx.caller)),

  invite: procedure
    .meta({
      permission: 'account.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/accounts/invite',
            summary: 'Invite somebody, who chooses a password at the address',
          },
        ],
      },
    })
    .input(accountInviteInputSchema)
    .output(onceLinkSchema)
    .mutation(async ({ ctx, input }) =>
      linkTo(ctx.installation.publicUrl, await ctx.services.people.invite(ctx.caller, input)),
    ),

  invitations: procedure
    .meta({
      permission: 'account.list',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/accounts/invitations',
            summary: 'Who was invited and has not joined yet',
          },
        ],
      },
    })
    .output(z.array(invitationSchema))
    .query(({ ctx }) => ctx.services.people.invitations(ctx.caller)),

  withdraw: procedure
    .meta({
      permission: 'account.write',
      rest: {
        tag,
        routes: [
          {
            method: 'DELETE',
            path: '/api/accounts/invitations/{email}',
            summary: 'Withdraw an invitation: its address leads nowhere from then on',
          },
        ],
      },
    })
    .input(accountWithdrawInputSchema)
    .output(invitationSchema)
    .mutation(({ ctx, input }) => ctx.services.people.withdraw(ctx.caller, input)),

  resetLink: procedure
    .meta({
      permission: 'account.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/accounts/{userId}/reset-link',
            summary: 'An address at which somebody chooses another password',
          },
        ],
      },
    })
    .input(accountIdInputSchema)
    .output(onceLinkSchema)
    .mutation(async ({ ctx, input }) =>
      linkTo(ctx.installation.publicUrl, await ctx.services.people.resetToken(ctx.caller, input.userId)),
    ),

  setRole: procedure
    .meta({
      permission: 'account.write',
      rest: {
        tag,
        routes: [{ method: 'POST', path: '/api/accounts/{userId}/role', summary: 'Change what somebody is' }],
      },
    })
    .input(accountSetRoleInputSchema)
    .output(accountSchema)
    .mutation(({ ctx, input }) => ctx.services.people.setRole(ctx.caller, input)),

  setDisabled: procedure
    .meta({
      permission: 'account.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/accounts/{userId}/disabled',
            summary: 'Keep somebody from signing in, or let them again',
          },
        ],
      },
    })
    .input(accountSetDisabledInputSchema)
    .output(accountSchema)
    .mutation(({ ctx, input }) => ctx.services.people.setDisabled(ctx.caller, input)),

  endSessions: procedure
    .meta({
      permission: 'account.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/accounts/{userId}/end-sessions',
            summary: 'Sign somebody out everywhere',
          },
        ],
      },
    })
    .input(accountIdInputSchema)
    .output(sessionsEndedSchema)
    .mutation(async ({ ctx, input }) => ({
      ended: await ctx.services.sessions.revokeAllOf(ctx.caller, input.userId),
    })),

  /** What an address that somebody was given is for. */
  purpose: publicProcedure
    .meta({ permission: 'public' })
    .input(onceTokenInputSchema)
    .output(oncePurposeSchema)
    .query(({ ctx, input }) => ctx.services.people.purpose(input.token)),

  join: publicProcedure
    .meta({ permission: 'public' })
    .input(accountJoinInputSchema)
    .output(joinedSchema)
    .mutation(({ ctx, input }) => ctx.services.people.join(input)),

  /** Has an address for another password mailed; the answer is the same whether there is an account or not. */
  forgot: publicProcedure
    .meta({ permission: 'public' })
    .input(accountForgotInputSchema)
    .output(accountForgotSchema)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.people.forgot({ email: input.email, address: ctx.address ?? '' });
      return { accepted: true };
    }),

  reset: publicProcedure
    .meta({ permission: 'public' })
    .input(accountResetInputSchema)
    .output(joinedSchema)
    .mutation(({ ctx, input }) => ctx.services.people.reset(input)),
});
