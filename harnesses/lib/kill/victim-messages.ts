import { z } from 'zod';
import { failPoints } from './fail-points.ts';

/** What the driver tells the process that will be killed, one JSON text a line. */
export const orderSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('open'),
    /** A data folder for each library. */
    folders: z.array(z.string()),
    store: z.enum(['disk', 'database']),
    /** Milliseconds that the libraries' clock is ahead. */
    ahead: z.number(),
  }),
  /** From now on the process kills itself at the `nth` passing of this point. */
  z.object({ do: z.literal('arm'), at: z.enum(failPoints), nth: z.number() }),
  /** Stops the servers properly. */
  z.object({ do: z.literal('close') }),
  /** Lets time pass and collects in one library. */
  z.object({ do: z.literal('collect'), library: z.number(), ahead: z.number() }),
]);
export type Order = z.output<typeof orderSchema>;

export const replySchema = z.discriminatedUnion('done', [
  z.object({ done: z.literal('load') }),
  z.object({
    done: z.literal('open'),
    libraries: z.array(z.object({ url: z.string(), key: z.string() })),
  }),
  z.object({ done: z.literal('close') }),
  z.object({ done: z.literal('collect'), library: z.number() }),
]);
export type Reply = z.output<typeof replySchema>;
