/** Where time comes from; the database never makes up a time of its own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A moment as the API writes it. */
export function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
