import type { AssetFormat } from '@vitrine/schema';

/** A stored document whose words are wanted. */
export interface DocumentFile {
  /** A local file, never written to. */
  readonly path: string;
  readonly format: AssetFormat;
}

/**
 * Reads the words inside documents that may be hostile; every parser runs in the sandbox.
 *
 * Answers the first 200,000 characters at most, well-formed and without NUL; an empty text where the file has none, is encrypted or
 * damaged, or is of a format that nothing on this machine reads. It throws only for what is not the file's fault: AppError
 * `unavailable`, the signal's reason, an I/O error; trying again later makes sense then.
 */
export interface TextReader {
  read(file: DocumentFile, options: { readonly signal?: AbortSignal | undefined }): Promise<string>;
}
