/** Where an asset is: to be seen, in the trash, or deleted for good. */
export type Place = 'live' | 'trashed' | 'purged';

/** What the server has acknowledged of one asset. */
export interface KnownAsset {
  readonly id: string;
  /** Hashes, the first version first. */
  readonly versions: readonly string[];
  readonly place: Place;
}

/** An upload in pieces that has not come to its end, and how much of it was acknowledged. */
interface KnownUpload {
  readonly address: string;
  readonly sha256: string;
  readonly offset: number;
}

/** Asked for and not answered: after a kill it has happened wholly, or not at all. */
export type Pending =
  | { readonly kind: 'create'; readonly sha256: string }
  | { readonly kind: 'replace'; readonly id: string; readonly sha256: string }
  | { readonly kind: 'move'; readonly id: string; readonly to: Place };

/** Everything the driver knows of one library. */
export interface KnownLibrary {
  readonly folder: string;
  readonly clientId: string;
  readonly assets: Map<string, KnownAsset>;
  readonly uploads: Map<string, KnownUpload>;
  readonly pending: Set<Pending>;
  /** All bytes that were ever sent, by their hash. */
  readonly files: Map<string, Buffer>;
  /** Assets and uploads that somebody works on just now. */
  readonly busy: Set<string>;
  /** How many kills it has lived through. */
  kills: number;
}

export function knownLibrary(folder: string, clientId: string): KnownLibrary {
  return {
    folder,
    clientId,
    assets: new Map(),
    uploads: new Map(),
    pending: new Set(),
    files: new Map(),
    busy: new Set(),
    kills: 0,
  };
}
