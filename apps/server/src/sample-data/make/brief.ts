import type { Brand } from '../brand.ts';
import type { SampleCampaign } from '../sample-library.ts';
import type { Make } from './recipe.ts';
import { type Pdf, writePdf } from './write-pdf.ts';

export interface BriefOptions {
  readonly campaign: SampleCampaign;
  readonly deliverables: readonly (readonly [what: string, format: string, due: string])[];
}

const left = 64;
const width = 467;

function heading(pdf: Pdf, brand: Brand, text: string): void {
  pdf
    .font('text')
    .fontSize(8.5)
    .fillColor(brand.ink, 0.6)
    .text(text.toUpperCase(), left, pdf.y + 18, { characterSpacing: 1.4 });
  pdf.fillOpacity(1).fillColor(brand.ink).moveDown(0.5);
}

function paragraph(pdf: Pdf, text: string): void {
  pdf.font('text').fontSize(11.5).text(text, left, pdf.y, { width, lineGap: 4 });
}

function firstPage(pdf: Pdf, brand: Brand, { input }: SampleCampaign): void {
  pdf.addPage();
  pdf.rect(0, 0, 595.28, 250).fill(brand.ink);
  pdf
    .font('text')
    .fontSize(9)
    .fillColor(brand.paper)
    .text(`${brand.name}  ·  Campaign brief`, left, 64, { characterSpacing: 1 });
  pdf.font('display').fontSize(42).text(input.name, left, 110, { width });
  pdf
    .font('italic')
    .fontSize(16)
    .fillColor(brand.accent)
    .text(input.goal ?? '', left, pdf.y + 8, { width });
  pdf.fillColor(brand.ink).text('', left, 262);
  heading(pdf, brand, 'Objective');
  paragraph(pdf, input.brief?.objective ?? '');
  heading(pdf, brand, 'Audience');
  paragraph(pdf, input.brief?.targetAudience ?? '');
  heading(pdf, brand, 'Key messages');
  for (const message of input.brief?.keyMessages ?? []) {
    pdf
      .font('display')
      .fontSize(15)
      .text(message, left, pdf.y + 4, { width, lineGap: 2 });
  }
}

function secondPage(pdf: Pdf, brand: Brand, deliverables: BriefOptions['deliverables']): void {
  pdf.addPage();
  pdf.font('display').fontSize(28).fillColor(brand.ink).text('Deliverables', left, 64);
  for (const [index, [what, format, due]] of deliverables.entries()) {
    const y = 124 + index * 44;
    pdf
      .moveTo(left, y - 10)
      .lineTo(left + width, y - 10)
      .lineWidth(0.4)
      .stroke(brand.ink);
    pdf.font('display').fontSize(13).fillColor(brand.ink).text(what, left, y, { width: 200 });
    pdf
      .font('text')
      .fontSize(10.5)
      .text(format, left + 210, y + 2, { width: 160 });
    pdf.font('text').text(due, left + 377, y + 2, { width: 90, align: 'right' });
  }
  for (const [index, [, color]] of brand.palette.entries()) {
    pdf
      .rect(left + index * (width / brand.palette.length), 740, width / brand.palette.length, 28)
      .fill(color);
  }
}

/** A campaign's brief on two pages, in PDF. */
export function brief(brand: Brand, { campaign, deliverables }: BriefOptions): Make {
  return {
    run: (target) =>
      writePdf(target, { title: `${campaign.input.name} — brief`, brand, layout: 'portrait' }, (pdf) => {
        firstPage(pdf, brand, campaign);
        secondPage(pdf, brand, deliverables);
      }),
  };
}
