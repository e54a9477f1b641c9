import { presentAsset } from '@vitrine/api';
import { AppError, type Caller, fingerprintOf, invalidField } from '@vitrine/core';
import { uploadFormSchema } from '@vitrine/schema';
import type { Request, Response } from 'express';
import multer from 'multer';
import type { DeclaredRoute } from './declared-route.ts';
import { multipartStorage, type StagedUpload } from './multipart-storage.ts';
import { type HttpDependencies, idempotencyKeyOf } from './request-context.ts';

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
function assertAcceptable(request: Request, { installation }: HttpDependencies): void {
  if (!request.is('multipart/form-data')) {
    throw new AppError('invalid_input', "Send the file as multipart/form-data, in the field 'file'.");
  }
  if (Number(request.get('content-length') ?? 0) > installation.maxUploadBytes + formOverhead) {
    throw new AppError('too_large', `The file is over the limit of ${installation.maxUploadBytes} bytes.`);
  }
}

/** Reads the form, streaming the file into the staging area; resolves with the fields and what was staged. */
async function readForm(
  request: Request,
  response: Response,
  { services }: HttpDependencies,
  caller: Caller,
): Promise<{ fields: unknown; upload: StagedUpload | null }> {
  let upload: StagedUpload | null = null;
  const gone = new AbortController();
  response.once('close', () =>
    gone.abort(new AppError('invalid_input', 'The connection ended before the file did.')),
  );
  const refused = Promise.withResolvers<never>();
  const target = uploadFormSchema.pick({ clientId: true, campaignId: true, assetId: true });
  const announced = Number(request.get('content-length') ?? 0);
  const storage = multipartStorage({
    async beforeBytes(fields) {
      // Fields may come after the file; then the same check is made when the form is complete.
      const known = target.safeParse(fields);
      if (!known.success) return;
      // Less than the file can have: the rest of the form is small.
      await services.uploads.authorize(caller, known.data, Math.max(0, announced - fieldOverhead));
    },
    stage: (stream) => services.uploads.stage(stream, gone.signal),
    discard: (staged) => services.uploads.discard(staged),
    onRefused: refused.reject,
    onStaged: (staged) => {
      upload = staged;
    },
  });
  const receive = multer({ storage, limits, defParamCharset: 'utf8' }).single('file');
  try {
    const received = new Promise<void>((resolve, reject) => {
      receive(request, response, (error: unknown) => (error ? reject(error) : resolve()));
    });
    await Promise.race([received, refused.promise]);
  } catch (error) {
    await discardLeftover(upload, services.uploads.discard);
    throw error;
  }
  return { fields: request.body, upload };
}

// A function of its own because the compiler takes `upload` for the null it began as.
async function discardLeftover(
  upload: StagedUpload | null,
  discard: (staged: StagedUpload['staged']) => Promise<void>,
): Promise<void> {
  if (upload) await discard(upload.staged);
}

/** `POST /api/v2/upload-asset`: one file and its fields, in any order. */
export function multipartRoute(dependencies: HttpDependencies): DeclaredRoute {
  const { services, installation } = dependencies;
  return {
    method: 'post',
    paths: ['/api/v2/upload-asset'],
    permission: 'asset.create',
    async handle(request, response, caller) {
      try {
        assertAcceptable(request, dependencies);
        if (request.get('expect')) response.writeContinue();
        const { fields, upload } = await readForm(request, response, dependencies, caller);
        const parsed = uploadFormSchema.safeParse(fields ?? {});
        if (!parsed.success || !upload) {
          await discardLeftover(upload, services.uploads.discard);
          if (!parsed.success) throw parsed.error;
          throw invalidField(['file'], "is required: send the file in the field 'file'");
        }
        const { fileName, staged } = upload;
        const ingested = await services.idempotency
          .once(caller, {
            key: idempotencyKeyOf(request),
            fingerprint: fingerprintOf('asset.upload', { ...parsed.data, fileName, sha256: staged.sha256 }),
            work: (caller) => services.uploads.ingest(caller, { fields: parsed.data, fileName, staged }),
            replay: (answer) => services.uploads.replay(caller, answer),
          })
          // Bytes of a request that was answered before are not wanted again.
          .finally(() => services.uploads.discard(staged));
        const asset = presentAsset(ingested.asset, installation.urlsFor(caller));
        response
          .status(ingested.outcome === 'deduplicated' ? 200 : 201)
          .set('Vitrine-Outcome', ingested.outcome)
          .location(asset.url)
          .json(asset);
      } catch (error) {
        throw translated(error);
      }
    },
  };
}
