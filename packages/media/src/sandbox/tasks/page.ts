import { missingFact } from '../../refusal.ts';
import type { SentPicture, TaskRequest } from '../protocol.ts';
import { openPdf } from './open-pdf.ts';
import type { Pixels } from './pixels.ts';
import { decodedEdge, sendPictures } from './send-pictures.ts';

/** A page of a PDF on white paper, its notes and filled-in fields drawn. Whatever size it claims, it has at most 1280 px. */
export async function makePage({ path, page, sizes }: TaskRequest<'page'>): Promise<SentPicture[]> {
  const document = await openPdf(path);
  const count = document.getPageCount();
  if (page > count) throw missingFact('PDF', { fact: `page ${page}`, why: `it has ${count}` });
  return sendPictures(await draw(document.getPage(page - 1), decodedEdge(sizes)), { sizes });
}

type Page = ReturnType<Awaited<ReturnType<typeof openPdf>>['getPage']>;

async function draw(page: Page, edge: number): Promise<Pixels> {
  const { originalWidth, originalHeight } = page.getOriginalSize();
  // PDFium answers 0 for a page that it cannot load.
  const longer = Math.max(originalWidth, originalHeight);
  if (!(originalWidth > 0 && originalHeight > 0 && Number.isFinite(longer))) {
    throw missingFact('PDF', { fact: `page ${page.number + 1}`, why: 'it is damaged' });
  }
  const width = Math.max(1, Math.round((originalWidth / longer) * edge));
  const height = Math.max(1, Math.round((originalHeight / longer) * edge));
  const { data } = await page.render({ width, height, scale: 1, render: 'bitmap', renderFormFields: true });
  return { data, width, height, channels: 4 };
}
