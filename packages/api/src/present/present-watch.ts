import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { Caller, WatchStep } from '@vitrine/core';
import type { ChangeEvent } from '@vitrine/schema';
import { toTransportError } from '../trpc.ts';
import type { AssetUrls } from './asset-urls.ts';
import { presentTile } from './present-asset.ts';

const place = /^\d{1,15}$/;

/** The place in an event's id: null for none. One that is not ours is a place that nobody keeps. */
export function placeOf(eventId: string | null | undefined): number | null {
  if (eventId === null || eventId === undefined) return null;
  return place.test(eventId) ? Number(eventId) : Number.POSITIVE_INFINITY;
}

/**
 * A watch as the transport sends it: each event under the id of its place. What is thrown in the middle of it passes no
 * middleware, so it is translated here.
 */
export async function* presentWatch(
  steps: AsyncIterable<WatchStep>,
  urlsFor: (caller: Caller) => AssetUrls,
): AsyncGenerator<TrackedEnvelope<ChangeEvent>, void, undefined> {
  try {
    for await (const step of steps) yield* eventsOf(step, urlsFor);
  } catch (error) {
    throw toTransportError(error);
  }
}

function* eventsOf(
  step: WatchStep,
  urlsFor: (caller: Caller) => AssetUrls,
): Generator<TrackedEnvelope<ChangeEvent>, void, undefined> {
  switch (step.kind) {
    case 'caught_up':
    case 'reset':
      yield tracked(String(step.seq), { type: step.kind });
      return;
    case 'changes': {
      const urls = urlsFor(step.caller);
      for (const { seq, change, tile } of step.changes) {
        yield tracked(String(seq), { type: 'change', change, tile: tile && presentTile(tile, urls) });
      }
      return;
    }
    default:
      return step satisfies never;
  }
}
