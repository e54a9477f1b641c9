import type { Stored } from '../upload-queue.ts';
import { sendForm } from './send-form.ts';
import type { SendUploadInput } from './send-upload-input.ts';

/** From this size on a broken connection would cost more than the pieces do. */
const inPiecesFrom = 32 * 1024 * 1024;

/**
 * Sends one file and tells how far it is. A large one goes in pieces and goes on where it was, also after the page was loaded again
 * and the same file is chosen once more. Rejects with `UploadRefused`.
 */
export async function sendUpload(input: SendUploadInput): Promise<Stored> {
  if (input.file.size < inPiecesFrom) return sendForm(input);
  const { sendInPieces } = await import('./send-in-pieces.ts');
  return sendInPieces(input);
}
