import type { Action, AddressTarget, Caller } from '@vitrine/core';
import type { AssetId } from '@vitrine/schema';
import type { Deliverable } from './deliverable.ts';

/** What a request wants, once it is known who asks. */
interface DeliveryWish {
  readonly id: AssetId;
  /** The version that a signature binds; undefined: the current one. */
  readonly version: number | undefined;
  readonly query: URLSearchParams;
}

/** A kind of bytes below `/api/v2/assets/{id}`, and who may have it. */
export interface DeliveryRoute {
  /** What follows the id in the address: nothing, or a name with its slash. */
  readonly endings: readonly string[];
  readonly permission: Action;
  /** What a signature must be of to open this address; null when the address names nothing that can be signed. */
  bytesOf(query: URLSearchParams): AddressTarget['bytes'] | null;
  /** Decides about the row, and fails with `not_found` or `invalid_input`. */
  find(caller: Caller, wish: DeliveryWish): Promise<Deliverable>;
}
