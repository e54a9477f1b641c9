import { SaxesParser } from 'saxes';
import type { ByteSource } from '../../byte-source.ts';
import { missingFact } from '../../refusal.ts';
import { readZipDirectory, readZipEntry } from './zip-directory.ts';

const label = 'DOCX';
/** A long book's text; a bomb has more. */
const longestBody = 64 * 1024 * 1024;
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const strictWord = 'http://purl.oclc.org/ooxml/wordprocessingml/main';

/** Thrown to stop the parser: it has said enough. */
const enough = Symbol('enough');

/** How much of a document is wanted; it stops behind the paragraph that reaches either. */
interface Enough {
  readonly paragraphs?: number;
  readonly characters?: number;
}

/** The first paragraphs of a Word document as plain text, in the order of its body. */
export async function docxParagraphs(source: ByteSource, wanted: Enough): Promise<string[]> {
  const entries = await readZipDirectory(source);
  const body =
    entries?.find(({ name }) => name === 'word/document.xml') ??
    entries?.find(({ name }) => /^word\/document\d*\.xml$/.test(name));
  const xml = body && (await readZipEntry(source, body, longestBody));
  if (!xml) throw missingFact(label, { fact: 'text', why: 'it is damaged or too long' });
  const paragraphs: string[] = [];
  try {
    collect(xml.toString('utf8'), paragraphs, wanted);
  } catch (error) {
    if (error === enough) return paragraphs;
    if (paragraphs.length === 0)
      throw missingFact(label, { fact: 'text', why: 'it is damaged', cause: error });
  }
  return paragraphs;
}

function collect(
  xml: string,
  paragraphs: string[],
  { paragraphs: most = Number.POSITIVE_INFINITY, characters = Number.POSITIVE_INFINITY }: Enough,
): void {
  let text = '';
  let length = 0;
  let inText = false;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', ({ uri, local }) => {
    if (uri !== word && uri !== strictWord) return;
    if (local === 't') inText = true;
    if (local === 'tab') text += ' ';
    if (local === 'br' || local === 'cr') text += '\n';
  });
  parser.on('text', (part) => {
    if (inText) text += part;
  });
  parser.on('closetag', ({ uri, local }) => {
    if (uri !== word && uri !== strictWord) return;
    if (local === 't') inText = false;
    if (local !== 'p') return;
    paragraphs.push(...text.split('\n'));
    length += text.length;
    text = '';
    if (paragraphs.length >= most || length >= characters) throw enough;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}
