import type { AssetId, LegacyNote, LegacyOutcome, LegacyTable, Sha256 } from '@vitrine/schema';

/** What became of a row. */
export interface LegacySettled {
  readonly outcome: LegacyOutcome;
  /** Of what it became; null exactly where its bytes are missing. */
  readonly targetId: string | null;
  readonly notes: readonly LegacyNote[];
}

export interface LegacyEntry extends LegacySettled {
  readonly table: LegacyTable;
  readonly key: string;
  /** Of the row as it was, so that one that has changed since is noticed. */
  readonly rowHash: Sha256;
}

export interface LegacyReader {
  /** What was written down of a table, by key: everything behind `after`, at most `limit`. */
  list(query: {
    readonly table: LegacyTable;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<LegacyEntry[]>;
  /** Whether an asset has this id, in the trash or not. */
  isTaken(id: AssetId): Promise<boolean>;
}

export interface LegacyWriter {
  /** Replaces an entry whose bytes were missing, and no other: of two who import at once, one fails. */
  put(entry: LegacyEntry & { readonly row: string; readonly at: number }): Promise<void>;
}
