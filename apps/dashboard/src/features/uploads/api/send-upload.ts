import { problemSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { UploadTarget } from '../upload-queue.ts';

const storedSchema = z.object({ id: z.string() });

/** Why a file was not stored, as a sentence. */
class UploadRefused extends Error {}

interface SendUploadInput {
  file: File;
  target: UploadTarget;
  /** Stops the upload; the promise then rejects with `UploadRefused`. */
  signal: AbortSignal;
  /** Bytes of the file that have left. */
  onProgress: (sent: number) => void;
}

function formOf({ file, target }: Pick<SendUploadInput, 'file' | 'target'>): FormData {
  const form = new FormData();
  // The fields come before the file, so that the server can refuse before it reads the bytes.
  form.append('clientId', target.clientId);
  if (target.campaignId) form.append('campaignId', target.campaignId);
  if (target.assetId) form.append('assetId', target.assetId);
  form.append('tags', '[]');
  form.append('file', file, file.name);
  return form;
}

function reasonOf(request: XMLHttpRequest): string {
  try {
    return problemSchema.parse(JSON.parse(request.responseText)).detail;
  } catch {
    return `The server refused this file (status ${request.status}).`;
  }
}

/** Sends one file and tells how far it is; `fetch` cannot. Resolves with the new asset's id, rejects with `UploadRefused`. */
export function sendUpload({ file, target, signal, onProgress }: SendUploadInput): Promise<string> {
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
      if (request.status !== 200 && request.status !== 201) return refuse(reasonOf(request));
      try {
        resolve(storedSchema.parse(JSON.parse(request.responseText)).id);
      } catch {
        refuse('The server’s answer could not be read. Reload the page to see whether the file arrived.');
      }
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(formOf({ file, target }));
  });
}
