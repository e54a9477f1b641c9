import { ByteSource } from '../../byte-source.ts';
import { longestWords, type ReadableFormat, type TaskRequest } from '../protocol.ts';
import { decodeText } from './decode-text.ts';
import { docxParagraphs } from './docx-paragraphs.ts';
import { openPdf } from './open-pdf.ts';

/** Bytes: as many characters as are kept take at most four each. */
const headBytes = 4 * longestWords;
/** Of the time that a file has; what is read by then is kept. */
const readingMs = 6000;

/** The words inside a document, from its beginning. */
export async function readWords({ path, format }: TaskRequest<'words'>): Promise<string> {
  return (await textOf(path, format)).slice(0, longestWords);
}

async function textOf(path: string, format: ReadableFormat): Promise<string> {
  switch (format) {
    case 'pdf':
      return pdfText(path);
    case 'docx': {
      await using source = await ByteSource.open(path, Number.POSITIVE_INFINITY);
      return (await docxParagraphs(source, { characters: longestWords })).join('\n');
    }
    case 'txt': {
      await using source = await ByteSource.open(path, Number.POSITIVE_INFINITY);
      const head = await source.read(0, headBytes);
      return decodeText(head, source.size > head.length);
    }
    default:
      return format satisfies never;
  }
}

async function pdfText(path: string): Promise<string> {
  const document = await openPdf(path);
  const end = performance.now() + readingMs;
  let text = '';
  for (const page of document.pages()) {
    text += `${page.getText()}\n`;
    if (text.length >= longestWords || performance.now() > end) break;
  }
  return text;
}
