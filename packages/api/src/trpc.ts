import { initTRPC, TRPCError } from '@trpc/server';
import { type Action, AppError, assertCredential, type Caller } from '@vitrine/core';
import type { Context } from './context.ts';
import { refusalOf, toProblem, trpcCodes } from './error-map.ts';
import type { Meta } from './meta.ts';

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    sse: {
      // A dead connection is noticed by what does not come any more.
      ping: { enabled: true, intervalMs: 10_000 },
      client: { reconnectAfterInactivityMs: 30_000 },
    },
    errorFormatter({ shape, error, ctx }) {
      const { stack: _stack, ...data } = shape.data;
      const problem = toProblem(error, ctx?.requestId ?? 'unknown');
      return { ...shape, message: problem.detail, data: { ...data, httpStatus: problem.status, problem } };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** A domain error becomes the transport's and stays as its cause; any other error stays what it is. */
export function toTransportError(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  return new TRPCError({ code: trpcCodes[error.code], message: refusalOf(error).detail, cause: error });
}

const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof AppError)) return result;
  throw toTransportError(result.error.cause);
});

/** Open to everybody; its meta says `permission: 'public'`. */
export const publicProcedure = t.procedure.use(translateErrors).use(({ meta, next }) => {
  if (meta?.permission !== 'public')
    throw new Error('A procedure that is not public uses the public builder.');
  return next();
});

/** The caller, whose credential covers the action that is declared. Fails with `unauthenticated` or `forbidden`. */
export function callerFor({ caller, refusal }: Pick<Context, 'caller' | 'refusal'>, action: Action): Caller {
  if (refusal) throw refusal;
  if (!caller) {
    throw new AppError(
      'unauthenticated',
      'Send an API key as "Authorization: Bearer <key>" or "X-API-Key: <key>", or sign in.',
    );
  }
  assertCredential(caller.actor, action);
  return caller;
}

/** Needs a caller whose credential covers the action that the meta declares; which rows it may touch, use cases decide. */
export const procedure = t.procedure.use(translateErrors).use(({ ctx, meta, next }) => {
  if (!meta || meta.permission === 'public') throw new Error('A procedure does not declare its permission.');
  return next({ ctx: { ...ctx, caller: callerFor(ctx, meta.permission) } });
});
