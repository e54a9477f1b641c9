import sharp from 'sharp';
import type { Brand } from '../brand.ts';
import { drawLogo, type LogoOptions } from '../drawing/logo.ts';
import type { Make } from './recipe.ts';
import { type Pdf, writePdf } from './write-pdf.ts';

export interface BrandBookOptions {
  readonly story: readonly string[];
  /** What the brand says, and what it would never say. */
  readonly voice: readonly (readonly [says: string, neverSays: string])[];
  readonly pictures: readonly [string, string, string];
}

interface Images {
  readonly dark: Buffer;
  readonly light: Buffer;
  readonly mark: Buffer;
  readonly pictures: readonly Buffer[];
}

const page = { width: 841.89, height: 595.28 };
const margin = 56;
const pictureBoxes = [
  [margin, 172, 400, 330],
  [margin + 416, 172, 314, 157],
  [margin + 416, 345, 314, 157],
] as const;

function fill(pdf: Pdf, color: string): void {
  pdf.addPage();
  pdf.rect(0, 0, page.width, page.height).fill(color);
}

function chapter(pdf: Pdf, brand: Brand, number: number, title: string): void {
  fill(pdf, brand.paper);
  pdf
    .font('text')
    .fontSize(9)
    .fillColor(brand.ink)
    .text(`0${number}`, margin, margin, { characterSpacing: 1 });
  pdf
    .font('text')
    .fontSize(9)
    .text(brand.name, page.width - margin - 240, margin, { width: 240, align: 'right' });
  pdf
    .moveTo(margin, margin + 20)
    .lineTo(page.width - margin, margin + 20)
    .lineWidth(0.5)
    .stroke(brand.ink);
  pdf
    .font('display')
    .fontSize(34)
    .fillColor(brand.ink)
    .text(title, margin, margin + 40);
}

function cover(pdf: Pdf, brand: Brand, images: Images): void {
  fill(pdf, brand.ink);
  pdf.image(images.light, page.width / 2 - 190, 120, { width: 380 });
  pdf
    .font('italic')
    .fontSize(20)
    .fillColor(brand.paper)
    .text('Brand book', 0, 440, { width: page.width, align: 'center' });
  pdf
    .font('text')
    .fontSize(9)
    .text('Edition 2026', 0, 476, { width: page.width, align: 'center', characterSpacing: 2 });
}

function story(pdf: Pdf, brand: Brand, paragraphs: readonly string[]): void {
  chapter(pdf, brand, 1, 'Who we are');
  pdf
    .font('italic')
    .fontSize(28)
    .fillColor(brand.ink)
    .text(brand.claim, margin, 210, { width: 270, lineGap: 4 });
  pdf.font('text').fontSize(11.5).text('', 380, 212);
  for (const paragraph of paragraphs)
    pdf.text(paragraph, 380, pdf.y, { width: 400, lineGap: 5, paragraphGap: 12 });
}

function logos(pdf: Pdf, brand: Brand, images: Images): void {
  chapter(pdf, brand, 2, 'The mark');
  const [width, height, top] = [352, 220, 178];
  pdf.rect(margin, top, width, height).fill('#ffffff');
  pdf.image(images.dark, margin, top, { fit: [width, height], align: 'center', valign: 'center' });
  pdf.rect(margin + width + 26, top, width, height).fill(brand.ink);
  pdf.image(images.light, margin + width + 26, top, {
    fit: [width, height],
    align: 'center',
    valign: 'center',
  });
  pdf.font('text').fontSize(10.5).fillColor(brand.ink);
  pdf.text(
    'On light grounds it is printed in the darkest colour of the palette. Leave free space around it of at least the height of its capital letter.',
    margin,
    top + height + 22,
    { width, lineGap: 4 },
  );
  pdf.text(
    'On dark grounds and quiet parts of a photograph it is printed in the lightest one. It is never outlined, tilted, shaded or set in a second colour.',
    margin + width + 26,
    top + height + 22,
    { width, lineGap: 4 },
  );
}

function colors(pdf: Pdf, brand: Brand): void {
  chapter(pdf, brand, 3, 'Colour');
  const width = (page.width - 2 * margin) / brand.palette.length;
  for (const [index, [name, color]] of brand.palette.entries()) {
    const x = margin + index * width;
    pdf
      .rect(x, 178, width - 10, 230)
      .fillAndStroke(color, brand.ink)
      .lineWidth(0.25);
    pdf
      .font('display')
      .fontSize(14)
      .fillColor(brand.ink)
      .text(name, x, 424, { width: width - 10 });
    const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)).join(' · ');
    pdf.font('text').fontSize(9).text(`${color}\nRGB ${rgb}`, x, 446, { lineGap: 3 });
  }
}

function type(pdf: Pdf, brand: Brand): void {
  chapter(pdf, brand, 4, 'Typography');
  const [display, text] = brand.fontNames;
  for (const [index, [font, name, use]] of (
    [
      ['display', display, 'Headlines and names'],
      ['text', text, 'Everything that is read'],
    ] as const
  ).entries()) {
    const x = margin + index * 378;
    pdf.font(font).fontSize(92).fillColor(brand.ink).text('Aa', x, 168);
    pdf
      .font(font)
      .fontSize(17)
      .text('ABCDEFGHIJKLMNOPQRSTUVWXYZ\nabcdefghijklmnopqrstuvwxyz\n0123456789 & ? ! € %', x, 300, {
        width: 350,
        lineGap: 5,
      });
    pdf.font('text').fontSize(9.5).text(`${name}  —  ${use}`, x, 420);
  }
}

function imagery(pdf: Pdf, brand: Brand, images: Images): void {
  chapter(pdf, brand, 5, 'Imagery');
  for (const [index, [x, y, width, height]] of pictureBoxes.entries()) {
    const picture = images.pictures[index];
    if (picture) pdf.image(picture, x, y, { width, height });
  }
}

function voicePage(pdf: Pdf, brand: Brand, voice: BrandBookOptions['voice']): void {
  chapter(pdf, brand, 6, 'Voice');
  for (const [index, [says, never]] of voice.entries()) {
    const y = 180 + index * 84;
    pdf.font('display').fontSize(17).fillColor(brand.ink).text(`“${says}”`, margin, y, { width: 350 });
    pdf
      .font('italic')
      .fontSize(15)
      .fillColor(brand.ink, 0.45)
      .text(`rather than “${never}”`, margin + 378, y, { width: 350 });
    pdf.fillOpacity(1);
    pdf
      .moveTo(margin, y + 64)
      .lineTo(page.width - margin, y + 64)
      .lineWidth(0.25)
      .stroke(brand.ink);
  }
}

function back(pdf: Pdf, brand: Brand, images: Images): void {
  fill(pdf, brand.primary);
  pdf.image(images.mark, page.width / 2 - 70, page.height / 2 - 70, { width: 140 });
}

/** A brand book of eight pages, in PDF. */
export function brandBook(brand: Brand, { story: paragraphs, voice, pictures }: BrandBookOptions): Make {
  const png = (options: LogoOptions, width: number) =>
    sharp(Buffer.from(drawLogo(brand, options).toSvg(width)))
      // Without alpha: pdfkit splits that off in the background, and the file would come out in another order each time.
      .removeAlpha()
      .png()
      .toBuffer();
  const cutting = (file: string, index: number) => {
    const [, , width, height] = pictureBoxes[index] ?? pictureBoxes[0];
    return sharp(file)
      .resize(width * 3, height * 3, { fit: 'cover' })
      .jpeg({ quality: 80 })
      .toBuffer();
  };
  return {
    needs: pictures,
    async run(target, pathOf) {
      const images: Images = {
        dark: await png({ color: brand.ink, ground: '#ffffff' }, 1000),
        light: await png({ color: brand.paper, ground: brand.ink }, 1000),
        mark: await png({ color: brand.ink, ground: brand.primary, markOnly: true }, 500),
        pictures: await Promise.all(pictures.map((file, index) => cutting(pathOf(file), index))),
      };
      await writePdf(target, { title: `${brand.name} — brand book`, brand, layout: 'landscape' }, (pdf) => {
        cover(pdf, brand, images);
        story(pdf, brand, paragraphs);
        logos(pdf, brand, images);
        colors(pdf, brand);
        type(pdf, brand);
        imagery(pdf, brand, images);
        voicePage(pdf, brand, voice);
        back(pdf, brand, images);
      });
    },
  };
}
