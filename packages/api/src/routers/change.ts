import { changeEventSchema, changeWatchInputSchema } from '@vitrine/schema';
import { placeOf, presentWatch } from '../present/present-watch.ts';
import { procedure, router } from '../trpc.ts';
import { trackedOutput } from '../trusted-output.ts';

export const changeRouter = router({
  watch: procedure
    .meta({ permission: 'change.watch' })
    .input(changeWatchInputSchema.prefault({}))
    .output(trackedOutput(changeEventSchema))
    .subscription(({ ctx, input, signal = new AbortController().signal }) => {
      const { clientId, lastEventId } = input;
      const after = placeOf(lastEventId);
      const steps = ctx.services.changes.watch({ identify: ctx.identify, clientId, after, signal });
      return presentWatch(steps, ctx.installation.urlsFor);
    }),
});
