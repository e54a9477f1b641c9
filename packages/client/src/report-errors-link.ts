import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from './app-router.ts';
import { toVitrineError } from './vitrine-error.ts';

/** Turns the server's refusals into `VitrineError`, so that procedures and uploads fail alike. */
export const reportErrorsLink: TRPCLink<AppRouter> =
  () =>
  ({ next, op }) =>
    observable((observer) =>
      next(op).subscribe({
        next: (result) => observer.next(result),
        error: (error) => observer.error(toVitrineError(error) ?? error),
        complete: () => observer.complete(),
      }),
    );
