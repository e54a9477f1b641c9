import { problemSchema } from '@vitrine/schema';

/** Why a file was not stored, as a sentence. */
export class UploadRefused extends Error {}

/** What an answer says is wrong. */
export function refusal(status: number, body: string): UploadRefused {
  try {
    return new UploadRefused(problemSchema.parse(JSON.parse(body)).detail);
  } catch {
    return new UploadRefused(`The server refused this file (status ${status}).`);
  }
}
