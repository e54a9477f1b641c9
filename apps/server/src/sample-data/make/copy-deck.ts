import { writeFile } from 'node:fs/promises';
import {
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Brand } from '../brand.ts';
import type { Make } from './recipe.ts';

export interface CopySection {
  readonly title: string;
  /** Where a line goes, and the line. */
  readonly lines: readonly (readonly [place: string, line: string])[];
}

const cell = (text: string, share: number) =>
  new TableCell({
    width: { size: share, type: WidthType.PERCENTAGE },
    margins: { top: 90, bottom: 90, left: 120, right: 120 },
    children: [new Paragraph(text)],
  });

/** A copy deck: every line of a campaign and where it goes, in docx. */
export function copyDeck(brand: Brand, title: string, sections: readonly CopySection[]): Make {
  return {
    async run(target) {
      const [display, text] = brand.fontNames;
      const document = new Document({
        title,
        creator: 'Studio Fjell & Partners',
        styles: { default: { document: { run: { font: text, size: 22 } } } },
        sections: [
          {
            children: [
              new Paragraph({
                heading: HeadingLevel.TITLE,
                children: [new TextRun({ text: title, font: display, color: brand.ink.slice(1) })],
              }),
              new Paragraph({ text: `${brand.name} — ${brand.claim}`, spacing: { after: 360 } }),
              ...sections.flatMap(({ title: heading, lines }) => [
                new Paragraph({
                  heading: HeadingLevel.HEADING_1,
                  text: heading,
                  spacing: { before: 320, after: 160 },
                }),
                new Table({
                  width: { size: 100, type: WidthType.PERCENTAGE },
                  rows: lines.map(
                    ([place, line]) => new TableRow({ children: [cell(place, 28), cell(line, 72)] }),
                  ),
                }),
              ]),
            ],
          },
        ],
      });
      await writeFile(target, await Packer.toBuffer(document));
    },
  };
}
