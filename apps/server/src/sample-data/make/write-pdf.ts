import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import type { Brand } from '../brand.ts';
import { typefaceBytes } from '../drawing/typeface.ts';

export type Pdf = InstanceType<typeof PDFDocument>;

export interface PdfOptions {
  readonly title: string;
  readonly brand: Brand;
  readonly layout: 'portrait' | 'landscape';
}

/** Writes a PDF of A4 pages with the brand's fonts as `display`, `italic` and `text`; `draw` adds every page itself. */
export async function writePdf(target: string, options: PdfOptions, draw: (pdf: Pdf) => void): Promise<void> {
  const { title, brand, layout } = options;
  const pdf = new PDFDocument({
    size: 'A4',
    layout,
    margin: 0,
    autoFirstPage: false,
    info: { Title: title, Author: 'Studio Fjell & Partners', CreationDate: new Date('2026-02-02T09:00:00Z') },
  });
  pdf.registerFont('display', typefaceBytes(brand.display));
  pdf.registerFont('italic', typefaceBytes(brand.displayItalic));
  pdf.registerFont('text', typefaceBytes(brand.text));
  const written = pipeline(pdf, createWriteStream(target));
  draw(pdf);
  pdf.end();
  await written;
}
