/** What the store asks of its writer thread. */
export type ChunkRequest =
  | {
      readonly kind: 'insert' | 'replace';
      readonly sha256: string;
      readonly size: number;
      readonly path: string;
    }
  | { readonly kind: 'delete'; readonly sha256: string }
  | { readonly kind: 'close' };

export interface ChunkMessage {
  readonly id: number;
  readonly request: ChunkRequest;
}

/** `changed` says whether rows were added or removed. An error's code would be lost in the copy between threads. */
export type ChunkReply =
  | { readonly id: number; readonly changed: boolean }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string | undefined } };
