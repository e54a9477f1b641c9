import { parsedInput } from '@vitrine/api';
import { type UploadFields, uploadFormSchema } from '@vitrine/schema';

/** As tus sends it: texts by name; null for a name without one. */
export type TusMetadata = Readonly<Record<string, string | null>>;

export interface DescribedUpload {
  readonly fields: UploadFields;
  readonly fileName: string;
}

/**
 * What an upload's metadata says: the fields of the multipart form under the same names, and `filename`. Fails with `invalid_input` that names
 * what is wrong.
 */
export function describedBy(metadata: TusMetadata): DescribedUpload {
  const texts = Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, text ?? '']));
  // Uppy and others put a MIME type there. It is no promise of a kind, and the bytes settle it.
  const { type, ...rest } = texts;
  const fields = parsedInput(uploadFormSchema, {
    ...rest,
    type: type?.includes('/') ? undefined : type,
  });
  return { fields, fileName: texts['filename'] || texts['name'] || 'file' };
}
