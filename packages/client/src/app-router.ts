import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@vitrine/api';

export type { AppRouter };

/** What each procedure takes: `RouterInputs['asset']['list']`. */
export type RouterInputs = inferRouterInputs<AppRouter>;
/** What each procedure answers: `RouterOutputs['asset']['get']`. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;
