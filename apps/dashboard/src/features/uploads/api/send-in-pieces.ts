import { ingestOutcomeSchema } from '@vitrine/schema';
import { DetailedError, type HttpResponse, Upload } from 'tus-js-client';
import type { Stored } from '../upload-queue.ts';
import type { SendUploadInput } from './send-upload-input.ts';
import { uploadFields } from './upload-fields.ts';
import { refusal, UploadRefused } from './upload-refused.ts';

const pieceBytes = 32 * 1024 * 1024;
const retryDelays = [500, 1000, 3000, 5000, 10_000, 20_000];

function storedIn(answer: HttpResponse | undefined): Stored | null {
  const outcome = ingestOutcomeSchema.safeParse(answer?.getHeader('Vitrine-Outcome'));
  const assetId = answer?.getHeader('Vitrine-Asset');
  return outcome.success && assetId ? { assetId, outcome: outcome.data } : null;
}

function reasonOf(error: unknown): UploadRefused {
  const answer = error instanceof DetailedError ? error.originalResponse : null;
  if (answer) return refusal(answer.getStatus(), answer.getBody());
  return new UploadRefused('The connection broke. Try again: it goes on where it was.');
}

/** Sends a file in pieces that each are kept; what was begun for the same file before is gone on with. */
export function sendInPieces(input: SendUploadInput): Promise<Stored> {
  const { file, signal, onProgress } = input;
  return new Promise((resolve, reject) => {
    let last: HttpResponse | undefined;
    const upload = new Upload(file, {
      endpoint: '/api/tus',
      chunkSize: pieceBytes,
      retryDelays,
      removeFingerprintOnSuccess: true,
      metadata: { ...uploadFields(input), filename: file.name },
      // Of the same file to another place nothing is gone on with.
      fingerprint: async () => JSON.stringify([file.name, file.size, file.lastModified, uploadFields(input)]),
      onProgress: (sent) => onProgress(Math.min(sent, file.size)),
      onAfterResponse: (_request, response) => {
        last = response;
      },
      onError: (error) => reject(reasonOf(error)),
      onSuccess: () => {
        const stored = storedIn(last);
        if (stored) resolve(stored);
        else
          reject(
            new UploadRefused(
              'The server’s answer could not be read. Reload the page to see whether the file arrived.',
            ),
          );
      },
    });
    signal.addEventListener(
      'abort',
      () => {
        void upload.abort(true);
        reject(new UploadRefused('Cancelled.'));
      },
      { once: true },
    );
    void upload.findPreviousUploads().then(([previous]) => {
      if (signal.aborted) return;
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    });
  });
}
