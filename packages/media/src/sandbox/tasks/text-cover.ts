import type { SentPicture, TaskRequest } from '../protocol.ts';
import { readDocumentText } from './document-text.ts';
import { sendPictures } from './send-pictures.ts';
import { setCover } from './set-cover.ts';

/** A cover set from a document's first lines, as a title page would show them. */
export async function makeTextCover(request: TaskRequest<'text-cover'>): Promise<SentPicture[]> {
  const text = await readDocumentText(request.path, request.format);
  return sendPictures(await setCover(text), { sizes: request.sizes });
}
