import type { Asset, ErrorCode, IngestOutcome } from '@vitrine/schema';
import type { FoundFile } from './files-below.ts';

/** What became of one file. */
export type UploadOutcome =
  | { readonly file: string; readonly ok: true; readonly outcome: IngestOutcome; readonly asset: Asset }
  | { readonly file: string; readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/** What is said of all files of a command. */
export interface UploadTarget {
  readonly client: string;
  readonly campaign?: string;
  readonly tag: readonly string[];
}

export interface UploadJob {
  readonly files: readonly FoundFile[];
  readonly target: UploadTarget;
  /** Told of each file once it is done. */
  readonly onOutcome: (outcome: UploadOutcome) => void;
}
