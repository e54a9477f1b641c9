import { sharp } from './confined-sharp.ts';
import type { DocumentText } from './document-text.ts';
import { type Pixels, toPixels } from './pixels.ts';
import { setText, type TextStyle } from './set-text.ts';

/** A4 at the size of a cover. */
const page = { width: 905, height: 1280 };
const margin = 104;
const titleTop = 168;
const measure = page.width - 2 * margin;
const paper = '#fcfbf9';
const rule = { width: 64, height: 3, colour: '#c8c2b6' };
const fade = { height: 120 };
const longestTitle = 140;
const longestBody = 4000;

const titleFont = 'Fraunces, Noto Serif, Source Serif 4, DejaVu Serif, serif';
const textFont = 'Inter, Noto Sans, DejaVu Sans, sans-serif';
const titleStyle = (title: string): TextStyle => {
  const size = title.length <= 24 ? 72 : title.length <= 60 ? 54 : 42;
  return { font: titleFont, size, leading: size / 6, colour: '#1c1b19', width: measure, height: 430 };
};
const bodyStyle = (top: number): TextStyle => ({
  font: textFont,
  size: 21,
  leading: 11,
  colour: '#5c5850',
  width: measure,
  height: page.height - top,
});

/** A page with the title in large type, a rule and the first lines of the text, which fade out at its foot. */
export async function setCover({ title, lines }: DocumentText): Promise<Pixels> {
  const shown = title === '' ? 'Untitled' : shorten(title.trim(), longestTitle);
  const heading = await setText(shown, titleStyle(shown));
  const ruleTop = titleTop + (heading?.height ?? 0) + 52;
  const textTop = ruleTop + rule.height + 52;
  const body = await setText(bodyOf(lines), bodyStyle(textTop));
  const ruleLeft = isRightToLeft(shown) ? page.width - margin - rule.width : margin;
  const cover = sharp({ create: { ...page, channels: 3, background: paper } })
    .composite([
      ...place(heading, { top: titleTop, rightToLeft: isRightToLeft(shown) }),
      {
        input: { create: { ...rule, channels: 3, background: rule.colour } },
        top: ruleTop,
        left: ruleLeft,
      },
      ...place(body, { top: textTop, rightToLeft: isRightToLeft(lines.join(' ')) }),
      { input: fadeOut(), raw: { width: page.width, height: fade.height, channels: 4 }, ...footOfPage },
    ])
    .removeAlpha();
  return toPixels(cover);
}

const footOfPage = { top: page.height - fade.height, left: 0 };

function place(block: Pixels | null, { top, rightToLeft }: { top: number; rightToLeft: boolean }) {
  if (!block) return [];
  const { data, width, height, channels } = block;
  const left = rightToLeft ? page.width - margin - width : margin;
  return [{ input: Buffer.from(data), raw: { width, height, channels }, top, left }];
}

/** The paper's colour from nothing to all; its last third hides a line that was cut. */
function fadeOut(): Buffer {
  const pixels = Buffer.alloc(page.width * fade.height * 4);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(paper.slice(at, at + 2), 16));
  for (let y = 0; y < fade.height; y++) {
    const alpha = Math.min(255, Math.round((y / fade.height) * 1.5 * 255));
    for (let x = 0; x < page.width; x++) pixels.set([red, green, blue, alpha], (y * page.width + x) * 4);
  }
  return pixels;
}

/** Runs of empty lines become one; everything in front of the text is left out. */
function bodyOf(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/\n\s*\n\s*/g, '\n\n')
    .replace(/^\s+/, '')
    .slice(0, longestBody)
    .replace(/\p{Cs}$/u, '');
}

function shorten(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  return `${characters
    .slice(0, longest)
    .join('')
    .replace(/\s+\S{0,20}$/, '')}…`;
}

/** By the first letter, as the Unicode bidirectional algorithm does for a paragraph. */
function isRightToLeft(text: string): boolean {
  const [letter = ''] = /\p{L}/u.exec(text) ?? [];
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter);
}
