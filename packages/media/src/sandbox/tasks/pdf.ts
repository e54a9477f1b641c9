import { readFile } from 'node:fs/promises';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { ByteSource } from '../../byte-source.ts';
import { missingFact, Refusal } from '../../refusal.ts';
import { refuseCutPdf } from './pdf-structure.ts';

/** PDFium keeps the whole file in memory, once here and once in its own. */
const largest = 1024 * 1024 * 1024;

let library: Promise<PDFiumLibrary> | null = null;

/** The page count; null when a password is needed to know it. */
export async function readPdf(path: string): Promise<{ pageCount: number | null }> {
  {
    await using source = await ByteSource.open(path, Number.POSITIVE_INFINITY);
    if (source.size > largest) {
      throw new Refusal(
        'unreadable_media',
        'The PDF file is larger than 1 GB, so its pages cannot be counted. Save it with smaller pictures, or in parts.',
      );
    }
    await refuseCutPdf(source);
  }
  library ??= PDFiumLibrary.init();
  const pdfium = await library;
  const bytes = await readFile(path);
  try {
    const document = await pdfium.loadDocument(bytes);
    try {
      const pageCount = document.getPageCount();
      if (pageCount > 0) return { pageCount };
    } finally {
      document.destroy();
    }
  } catch (error) {
    if (needsPassword(error)) return { pageCount: null };
    throw missingFact('PDF', { fact: 'page count', why: 'the file is damaged', cause: error });
  }
  throw missingFact('PDF', { fact: 'page count', why: 'it has no pages' });
}

function needsPassword(error: unknown): boolean {
  return error instanceof Error && /password|security/i.test(error.message);
}
