import type { Asset } from '@vitrine/schema';
import type { Uploaded, UploadOptions } from './upload.ts';
import type { UploadSource } from './upload-source.ts';

/** A file with what is said of it alone. */
export interface FileToUpload extends Pick<UploadOptions, 'name' | 'path' | 'onProgress'> {
  readonly file: UploadSource;
}

/** What became of one of many files. */
export type FileOutcome =
  | ({ readonly file: UploadSource; readonly ok: true } & Uploaded<Asset>)
  | { readonly file: UploadSource; readonly ok: false; readonly error: Error };

export interface UploadFilesOptions extends Omit<UploadOptions, 'name' | 'path' | 'onProgress'> {
  /** Told of each file once it is done, in the order in which they are done. */
  readonly onOutcome?: (outcome: FileOutcome, position: number) => void;
}

/**
 * Uploads many files, four at a time, and resolves with an outcome for each, in the order in which they were given. One that is refused
 * does not stop the others. After an abort those that are left fail with the signal's reason.
 */
export type UploadFiles = (
  files: readonly (UploadSource | FileToUpload)[],
  options: UploadFilesOptions,
) => Promise<FileOutcome[]>;

const atOnce = 4;

function isFileToUpload(file: UploadSource | FileToUpload): file is FileToUpload {
  return typeof file === 'object' && 'file' in file;
}

export function createUploadFiles(
  upload: (file: UploadSource, options: UploadOptions) => Promise<Uploaded<Asset>>,
): UploadFiles {
  return async (files, { onOutcome, ...options }) => {
    const outcomes: FileOutcome[] = [];
    const waiting = files.entries();

    async function outcomeOf(one: UploadSource | FileToUpload): Promise<FileOutcome> {
      const { file, ...own } = isFileToUpload(one) ? one : { file: one };
      try {
        return { file, ok: true, ...(await upload(file, { ...options, ...own })) };
      } catch (error) {
        return { file, ok: false, error: error instanceof Error ? error : new Error(String(error)) };
      }
    }

    async function work(): Promise<void> {
      for (const [position, file] of waiting) {
        const outcome = await outcomeOf(file);
        outcomes[position] = outcome;
        onOutcome?.(outcome, position);
      }
    }

    await Promise.all(Array.from({ length: atOnce }, work));
    return outcomes;
  };
}
