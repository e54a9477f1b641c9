import type {
  AssetId,
  ClientId,
  ErrorCode,
  Import,
  ImportId,
  IngestOutcome,
  KeyScope,
  UploadFields,
  UserId,
} from '@vitrine/schema';

/** For whom an import works: its user, with no more than the credential could that asked for it. */
export interface ImportPrincipal {
  readonly userId: UserId;
  /** Of the API key; null when somebody asked who was signed in. */
  readonly scopes: readonly KeyScope[] | null;
}

export interface NewImport extends ImportPrincipal {
  readonly id: ImportId;
  readonly clientId: ClientId;
  readonly items: readonly { readonly url: string; readonly fields: UploadFields }[];
  /** Milliseconds. */
  readonly at: number;
}

/** One address of an import, with everything that fetching it takes. */
export interface ImportTask extends ImportPrincipal {
  readonly url: string;
  readonly fields: UploadFields;
  readonly finished: boolean;
}

export interface ImportPlace {
  readonly importId: ImportId;
  readonly position: number;
}

export interface ImportReader {
  find(id: ImportId): Promise<Import | null>;
  task(place: ImportPlace): Promise<ImportTask | null>;
}

export interface ImportWriter {
  insert(fresh: NewImport): Promise<void>;
  /** How many bytes have come. Nothing happens to an item that has ended. */
  progress(place: ImportPlace & { receivedBytes: number; totalBytes: number | null }): Promise<void>;
  /** False when it had ended already. */
  finish(
    place: ImportPlace & {
      readonly end:
        | { readonly outcome: IngestOutcome; readonly assetId: AssetId }
        | { readonly error: { readonly code: ErrorCode; readonly detail: string } };
      readonly at: number;
    },
  ): Promise<boolean>;
  /** Forgets finished imports from before a moment, a thousand at most; answers how many. */
  prune(before: number): Promise<number>;
}
