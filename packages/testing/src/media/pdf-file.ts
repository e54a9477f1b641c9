import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';

/** A PDF of some pages, the same bytes every time. With a `password` nothing in it can be read without. */
export async function pdfFile(pages: number, options: { password?: string } = {}): Promise<Buffer> {
  const document = new PDFDocument({
    autoFirstPage: false,
    info: { Title: 'Vitrine', CreationDate: new Date(Date.UTC(2024, 0, 1)) },
    ...(options.password === undefined ? {} : { userPassword: options.password, ownerPassword: 'owner' }),
  });
  for (let page = 1; page <= pages; page++) document.addPage({ size: 'A5' }).text(`Page ${page} of ${pages}`);
  document.end();
  return buffer(document);
}
