import { ingestOutcomeSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { Stored } from '../upload-queue.ts';
import type { SendUploadInput } from './send-upload-input.ts';
import { uploadFields } from './upload-fields.ts';
import { refusal, UploadRefused } from './upload-refused.ts';

const storedSchema = z.object({ id: z.string() });

function formOf(input: SendUploadInput): FormData {
  const form = new FormData();
  // The fields come before the file, so that the server can refuse before it reads the bytes.
  for (const [name, value] of Object.entries(uploadFields(input))) form.append(name, value);
  form.append('file', input.file, input.file.name);
  return form;
}

/** Sends a file in one form; `fetch` could not tell how far it is. */
export function sendForm(input: SendUploadInput): Promise<Stored> {
  const { file, signal, onProgress } = input;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const refuse = (reason: string) => reject(new UploadRefused(reason));
    request.open('POST', '/api/v2/upload-asset');
    request.setRequestHeader('accept', 'application/json, application/problem+json');
    // The form around the file adds a few hundred bytes; they belong to nobody's progress.
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(file.size, loaded));
    request.upload.onload = () => onProgress(file.size);
    request.onerror = () => refuse('The connection broke. Try again.');
    request.onabort = () => refuse('Cancelled.');
    request.onload = () => {
      if (request.status !== 200 && request.status !== 201) {
        return reject(refusal(request.status, request.responseText));
      }
      try {
        const { id: assetId } = storedSchema.parse(JSON.parse(request.responseText));
        const outcome = ingestOutcomeSchema.parse(request.getResponseHeader('vitrine-outcome'));
        resolve({ assetId, outcome });
      } catch {
        refuse('The server’s answer could not be read. Reload the page to see whether the file arrived.');
      }
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(formOf(input));
  });
}
