import type { RereadableFile } from './upload-transport.ts';

/** A File is known again by its name, size and time of change; a mere Blob by nothing. */
export function rereadableBlob(blob: Blob): RereadableFile {
  const { size } = blob;
  if (!(blob instanceof File)) return { name: 'file', size, identity: null, content: blob };
  const { name, lastModified } = blob;
  return { name, size, identity: `${name} ${size} ${lastModified}`, content: blob };
}
