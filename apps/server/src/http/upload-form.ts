import { parsedInput } from '@vitrine/api';
import { AppError, invalidField, type StagedBlob } from '@vitrine/core';
import type { Request, Response } from 'express';
import multer from 'multer';
import type { z } from 'zod';
import { type MultipartStorageOptions, multipartStorage, type StagedUpload } from './multipart-storage.ts';

/** Room for the other fields and the boundaries in a body's announced length. */
const formOverhead = 1024 * 1024;
/** More than the fields of an honest form have. */
const fieldOverhead = 64 * 1024;

// Security rule 9: multer's own defaults take 200,000 parts and read names as latin1.
const limits = {
  files: 1,
  parts: 20,
  fields: 10,
  fieldSize: 64 * 1024,
  fieldNameSize: 100,
  fieldNestingDepth: 2,
  headerPairs: 50,
};

/** A sender that says nothing for so long has gone, whatever its connection says. */
const silenceMs = 60_000;

/** What is wrong with a form, in our words; anything else as it is. */
function translated(error: unknown): unknown {
  if (error instanceof multer.MulterError) {
    const field = error.field ?? 'file';
    switch (error.code) {
      case 'LIMIT_UNEXPECTED_FILE':
      case 'LIMIT_FILE_COUNT':
        return invalidField([field], "send one file, in the field 'file'");
      case 'LIMIT_FILE_SIZE':
        return new AppError('too_large', 'The file is over the size limit.', { cause: error });
      default:
        return new AppError('invalid_input', `The form cannot be read: ${error.message}.`, { cause: error });
    }
  }
  // Busboy's own complaints about a malformed body are plain errors with these words.
  if (
    error instanceof Error &&
    !(error instanceof AppError) &&
    /form|boundary|multipart|header|aborted/i.test(error.message)
  ) {
    return new AppError('invalid_input', `The form cannot be read: ${error.message}.`, { cause: error });
  }
  return error;
}

/** Refuses before a byte of the body is read: the wrong kind of body, or too long a one. */
function assertAcceptable(request: Request, maxBytes: number): void {
  if (!request.is('multipart/form-data')) {
    throw new AppError('invalid_input', "Send the file as multipart/form-data, in the field 'file'.");
  }
  if (Number(request.get('content-length') ?? 0) > maxBytes + formOverhead) {
    throw new AppError('too_large', `The file is over the limit of ${maxBytes} bytes.`);
  }
}

/** How long the file is at least, in bytes, by what the request announces: the rest of the form is small. */
export function announcedBytes(request: Request): number {
  return Math.max(0, Number(request.get('content-length') ?? 0) - fieldOverhead);
}

interface FormOptions extends Pick<MultipartStorageOptions, 'beforeBytes' | 'discard'> {
  readonly maxBytes: number;
  readonly stage: (
    stream: Parameters<MultipartStorageOptions['stage']>[0],
    signal: AbortSignal,
  ) => Promise<StagedBlob>;
}

async function received(
  request: Request,
  response: Response,
  { maxBytes, beforeBytes, stage, discard }: FormOptions,
): Promise<{ fields: unknown; upload: StagedUpload | null; gone: AbortSignal }> {
  assertAcceptable(request, maxBytes);
  if (request.get('expect')) response.writeContinue();
  let upload: StagedUpload | null = null;
  const gone = new AbortController();
  response.once('close', () =>
    gone.abort(new AppError('invalid_input', 'The connection ended before the file did.')),
  );
  request.setTimeout(silenceMs, () =>
    gone.abort(new AppError('unavailable', 'Nothing came for a minute. Send the file again.')),
  );
  const refused = Promise.withResolvers<never>();
  /** What went wrong here and not in the form. */
  const own = new Set<unknown>();
  const isOwn = (error: unknown): never => {
    own.add(error);
    throw error;
  };
  const storage = multipartStorage({
    beforeBytes: (fields) => beforeBytes(fields).catch(isOwn),
    stage: (stream) => stage(stream, gone.signal).catch(isOwn),
    discard,
    onRefused: refused.reject,
    onStaged: (staged) => {
      upload = staged;
    },
  });
  const receive = multer({ storage, limits, defParamCharset: 'utf8' }).single('file');
  try {
    const read = new Promise<void>((resolve, reject) => {
      receive(request, response, (error: unknown) => (error ? reject(error) : resolve()));
    });
    await Promise.race([read, refused.promise]);
  } catch (error) {
    await discardLeftover(upload, discard);
    throw own.has(error) ? error : translated(error);
  } finally {
    request.setTimeout(0);
  }
  return { fields: request.body ?? {}, upload, gone: gone.signal };
}

// A function of its own because the compiler takes `upload` for the null it began as.
async function discardLeftover(upload: StagedUpload | null, discard: FormOptions['discard']): Promise<void> {
  if (upload) await discard(upload.staged);
}

/**
 * Reads a form with one file, streaming it into the staging area, and gives both to `work`, which sees to it that the staged file goes.
 * Whatever is wrong with the form fails as `invalid_input` or `too_large`, and then nothing stays.
 */
export async function withUploadForm<Fields>(
  request: Request,
  response: Response,
  {
    schema,
    work,
    ...options
  }: FormOptions & {
    readonly schema: z.ZodType<Fields>;
    /** `gone` aborts when the sender has gone. */
    readonly work: (fields: Fields, upload: StagedUpload, gone: AbortSignal) => Promise<void>;
  },
): Promise<void> {
  const { fields, upload, gone } = await received(request, response, options);
  await work(...(await complete(schema, fields, upload, options)), gone);
}

/** The form's fields as they are meant, and its file; without both nothing stays. */
async function complete<Fields>(
  schema: z.ZodType<Fields>,
  fields: unknown,
  upload: StagedUpload | null,
  { discard }: FormOptions,
): Promise<[Fields, StagedUpload]> {
  try {
    const parsed = parsedInput(schema, fields);
    if (upload) return [parsed, upload];
    throw invalidField(['file'], "is required: send the file in the field 'file'");
  } catch (error) {
    await discardLeftover(upload, discard);
    throw error;
  }
}
