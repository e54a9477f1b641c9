import type { TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';

const described = new WeakMap<z.ZodType, z.ZodType>();

/**
 * An output that is typed and documented by a schema but not checked again on every answer. For hot lists only: their rows
 * were checked when they were written, by zod and by the database's constraints, and checking fifty assets once more
 * took a seventh of the whole answer's time. The tests check the answers against the schema.
 */
export function trustedOutput<T extends z.ZodType>(schema: T): z.ZodType<z.output<T>, z.output<T>> {
  const output = z.custom<z.output<T>>(() => true);
  described.set(output, schema);
  return output;
}

/** What a subscription yields: events with an id each, by which the transport goes on after a break. */
export type TrackedEvents<T> = AsyncIterable<TrackedEnvelope<T>, void, undefined>;

/** The output of a subscription: the schema describes one event. Trusted like that of a hot list. */
export function trackedOutput<T extends z.ZodType>(
  event: T,
): z.ZodType<TrackedEvents<z.output<T>>, TrackedEvents<z.output<T>>> {
  const output = z.custom<TrackedEvents<z.output<T>>>(() => true);
  described.set(output, event);
  return output;
}

/** The schema that describes an output, whether it is checked or trusted. */
export function outputSchema(output: z.ZodType): z.ZodType {
  return described.get(output) ?? output;
}
