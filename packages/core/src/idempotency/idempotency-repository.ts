import type { IngestOutcome, Sha256 } from '@vitrine/schema';

/** What a create made, by reference: whoever asks again is told how that is now, with addresses that still answer. */
export interface IdempotentAnswer {
  readonly type: 'asset' | 'client' | 'campaign' | 'collection' | 'import';
  readonly id: string;
  /** Of an asset. */
  readonly outcome?: IngestOutcome;
}

/** A request that may be sent again: whose it is, under which key, and what it asks. */
export interface IdempotentRequest {
  /** `user:<id>` or `key:<id>`. */
  readonly actor: string;
  readonly key: string;
  /** Of the operation and everything that it is given. */
  readonly fingerprint: Sha256;
}

/** What stands under a key when a request comes with it. */
export type IdempotencyState =
  | { readonly state: 'begun' }
  /** Somebody works on the same request now. */
  | { readonly state: 'running' }
  /** The key stands for another request. */
  | { readonly state: 'reused' }
  | { readonly state: 'done'; readonly answer: IdempotentAnswer };

export interface IdempotencyWriter {
  /**
   * Takes the key for this request, unless it is taken. A key from before `since`, and one whose worker has not been heard of since its
   * lease, is free again. Moments in milliseconds.
   */
  begin(
    request: IdempotentRequest & { readonly at: number; readonly since: number; readonly leaseUntil: number },
  ): Promise<IdempotencyState>;
  /** Notes the answer, in the transaction that makes it true. False when the key is not this request's any more. */
  complete(request: IdempotentRequest & { readonly answer: IdempotentAnswer }): Promise<boolean>;
  /** Gives the key back, unless there is an answer. */
  release(request: IdempotentRequest): Promise<void>;
  /** Forgets keys from before a moment, a thousand at most; answers how many. */
  prune(before: number): Promise<number>;
}
