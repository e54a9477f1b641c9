import type { AssetFacts } from '@vitrine/schema';

export interface InspectedFile {
  /** A local file; it is only read. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** As the user named it. A hint where the bytes leave a choice (jpg or jpeg); the bytes decide everything else. */
  readonly fileName: string;
}

/** What the bytes are. `mimeType` is the one they will be served with. */
export type Inspection = AssetFacts & { readonly mimeType: string };

/**
 * Reads a file's kind, format and facts from its bytes.
 *
 * Fails with AppError `unsupported_format` when the bytes are of no format in the table (the message says what they look
 * like), and with `unreadable_media` when the format is known but a promised fact cannot be read (the message says which).
 * It never guesses: no 0×0, no default duration. Time and memory are bounded whatever the file holds.
 */
export interface MediaInspector {
  inspect(file: InspectedFile): Promise<Inspection>;
  close(): Promise<void>;
}
