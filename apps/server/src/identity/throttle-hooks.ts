import { AppError, type SignInGuard } from '@vitrine/core';
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import { z } from 'zod';
import { addressHeader } from './address-header.ts';

const bodySchema = z.object({ email: z.string() });

type Hook = Parameters<typeof createAuthMiddleware>[0];
type HookContext = Parameters<Hook>[0];

/** Whose password is tried; null where none is. */
async function triedAccount(ctx: HookContext): Promise<string | null> {
  switch (ctx.path) {
    case '/sign-in/email':
      return bodySchema.safeParse(ctx.body).data?.email ?? null;
    case '/change-password':
      // Who found an open browser would try passwords here.
      // Once it was right there is a new session in place of the one that came.
      return (ctx.context.newSession ?? (await getSessionFromCtx(ctx)))?.user.email ?? null;
    default:
      return null;
  }
}

/** Puts our throttle around the identity library's checks of passwords. */
export function throttleHooks(guard: SignInGuard) {
  const attemptOf = async (ctx: HookContext) => {
    const email = await triedAccount(ctx);
    return email === null ? null : { email, address: ctx.headers?.get(addressHeader) ?? '' };
  };

  return {
    before: createAuthMiddleware(async (ctx) => {
      const attempt = await attemptOf(ctx);
      if (!attempt) return;
      try {
        await guard.begin(attempt);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        throw new APIError(
          'TOO_MANY_REQUESTS',
          { code: error.code, message: error.message },
          { 'Retry-After': String(error.retryAfterSeconds ?? 60) },
        );
      }
    }),
    after: createAuthMiddleware(async (ctx) => {
      if (ctx.context.returned instanceof Error) return;
      const attempt = await attemptOf(ctx);
      if (attempt) await guard.succeeded(attempt);
    }),
  };
}
