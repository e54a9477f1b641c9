import { ByteSource } from '../../byte-source.ts';
import { decodeText } from './decode-text.ts';
import { docxParagraphs } from './docx-paragraphs.ts';

/** More than any cover shows. */
const headBytes = 32 * 1024;
const mostParagraphs = 60;

export interface DocumentText {
  readonly title: string;
  /** What follows the title, a line each. */
  readonly lines: readonly string[];
}

/** The first lines of a text or DOCX file; the first that says something is the title. Both are empty without text. */
export async function readDocumentText(path: string, format: 'txt' | 'docx'): Promise<DocumentText> {
  await using source = await ByteSource.open(path, Number.POSITIVE_INFINITY);
  const all =
    format === 'docx'
      ? await docxParagraphs(source, { paragraphs: mostParagraphs })
      : await textLines(source);
  const lines = all.map(tidy);
  const first = lines.findIndex((line) => /[\p{L}\p{N}]/u.test(line));
  if (first < 0) return { title: '', lines: [] };
  return { title: lines[first] ?? '', lines: lines.slice(first + 1) };
}

async function textLines(source: ByteSource): Promise<string[]> {
  const head = await source.read(0, headBytes);
  return decodeText(head, source.size > head.length).split(/\r\n|[\n\r\f\u2028\u2029]/);
}

/** Without what no typesetter takes: controls, the colours of logs, halves of characters. Tabs stay as spaces. */
function tidy(line: string): string {
  return (
    line
      .replaceAll('\t', '    ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of terminals begin with one
      .replace(/\u001b\[[\d;]*[A-Za-z]/g, '')
      .replace(/[\p{Cc}\p{Cs}\p{Co}\ufeff\ufffe\uffff]/gu, '')
      .trimEnd()
      .slice(0, 2000)
  );
}
