/** How often something was tried in a while that began with the first try. */
export interface AttemptCount {
  readonly key: string;
  readonly count: number;
  /** Milliseconds: then it begins anew. */
  readonly endsAt: number;
}

export interface AttemptReader {
  /** Of these keys, those whose time is not over at `now` (milliseconds). */
  counts(query: { readonly keys: readonly string[]; readonly now: number }): Promise<AttemptCount[]>;
}

/** Each is one statement, so that tries of several processes are all counted. */
export interface AttemptWriter {
  /** Counts one more try and answers the count with it; begins anew, until `endsAt`, when the time was over. */
  add(attempt: {
    readonly key: string;
    readonly now: number;
    readonly endsAt: number;
    /** How many; 1 unless said. */
    readonly by?: number;
  }): Promise<AttemptCount>;
  /** Takes one try back. */
  takeBack(key: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Removes what is over, of all that lasts for a while only; answers how many there were. */
  prune(now: number): Promise<number>;
}
