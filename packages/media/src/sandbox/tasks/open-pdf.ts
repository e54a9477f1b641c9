import { readFile, stat } from 'node:fs/promises';
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';
import { missingFact, Refusal } from '../../refusal.ts';

/** PDFium keeps the whole file in memory, once here and once in its own. */
const largest = 1024 * 1024 * 1024;
/** Between the pages of one file other files may have their turn in this process. */
const keptMs = 2000;

let library: Promise<PDFiumLibrary> | null = null;
let kept: { readonly path: string; readonly document: PDFiumDocument; timer: NodeJS.Timeout } | null = null;

/** The file as a document; it stays open for a moment, since its next page is probably asked for next. */
export async function openPdf(path: string): Promise<PDFiumDocument> {
  if (kept?.path === path) {
    clearTimeout(kept.timer);
    kept.timer = setTimeout(closeKept, keptMs);
    return kept.document;
  }
  closeKept();
  const document = await load(path);
  kept = { path, document, timer: setTimeout(closeKept, keptMs) };
  return document;
}

function closeKept(): void {
  if (!kept) return;
  clearTimeout(kept.timer);
  kept.document.destroy();
  kept = null;
}

async function load(path: string): Promise<PDFiumDocument> {
  if ((await stat(path)).size > largest) {
    throw new Refusal(
      'unreadable_media',
      'The PDF file is larger than 1 GB, so its pages cannot be drawn. Save it with smaller pictures, or in parts.',
    );
  }
  library ??= PDFiumLibrary.init();
  try {
    return await (await library).loadDocument(await readFile(path));
  } catch (error) {
    if (error instanceof Error && /password|security/i.test(error.message)) {
      throw new Refusal(
        'unreadable_media',
        'The PDF file is encrypted, so its pages cannot be drawn without its password. Save it without one.',
      );
    }
    throw missingFact('PDF', { fact: 'pages', why: 'the file is damaged', cause: error });
  }
}
