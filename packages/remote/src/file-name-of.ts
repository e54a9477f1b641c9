import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'content-disposition';

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What the server calls the file, or the last part of its address. */
export function fileNameOf(url: URL, headers: IncomingHttpHeaders): string {
  const disposition = headers['content-disposition'];
  if (disposition) {
    try {
      const { filename } = parse(disposition).parameters;
      if (filename) return filename;
    } catch {
      // Written badly, which is no reason to refuse the file.
    }
  }
  return decoded(url.pathname.split('/').findLast((part) => part !== '') ?? '') || 'untitled';
}
