import { SaxesParser } from 'saxes';
import { ByteSource } from '../../byte-source.ts';
import { missingFact, truncated, unsupported } from '../../refusal.ts';
import { dataStart, readZipDirectory, readZipEntry, type ZipEntry } from './zip-directory.ts';

const label = 'DOCX';
/** No property or list of types is longer; a bomb is. */
const longestPart = 4 * 1024 * 1024;

/** The main part's type says what an Office file is. */
const foreignTypes: readonly (readonly [part: string, name: string])[] = [
  ['ms-word.document.macroenabled', 'a Word document with macros (DOCM). Save it as DOCX.'],
  ['ms-word.template.macroenabled', 'a Word template with macros (DOTM). Save it as DOCX.'],
  ['spreadsheetml', 'an Excel workbook (XLSX). Save it as PDF.'],
  ['ms-excel', 'an Excel workbook (XLSM). Save it as PDF.'],
  ['presentationml', 'a PowerPoint presentation (PPTX). Save it as PDF.'],
  ['ms-powerpoint', 'a PowerPoint presentation (PPTM). Save it as PDF.'],
  ['ms-visio', 'a Visio drawing (VSDX). Save it as PDF.'],
];
const wordType = /wordprocessingml\.(?:document|template)\.main\+xml/i;

/** The page count that the program which saved the document left in its properties; null when it left none. */
export async function readDocx(path: string): Promise<{ pageCount: number | null }> {
  await using source = await ByteSource.open(path, Number.POSITIVE_INFINITY);
  const entries = await readZipDirectory(source);
  if (!entries) throw await refuseWithoutDirectory(source);
  const find = (name: string) => entries.find((entry) => entry.name === name);
  const types = find('[Content_Types].xml');
  if (!types) throw unsupported(await archiveName(source, entries));
  const listed = (await readZipEntry(source, types, longestPart))?.toString('utf8');
  if (!listed) throw missingFact(label, { fact: 'list of parts', why: 'it is damaged' });
  if (!wordType.test(listed)) {
    const foreign = foreignTypes.find(([part]) => listed.toLowerCase().includes(part));
    throw unsupported(
      foreign?.[1].replace(/\.$/, '') ?? 'a ZIP archive of Office parts without a Word document',
    );
  }
  const body = find('word/document.xml') ?? entries.find(({ name }) => /^word\/document\d*\.xml$/.test(name));
  if (!body || (await dataStart(source, body)) === null) throw truncated(label, 'its text is missing');
  const properties = find('docProps/app.xml');
  const xml = properties && (await readZipEntry(source, properties, longestPart))?.toString('utf8');
  return { pageCount: xml ? pagesIn(xml) : null };
}

/** The number in `<Pages>`, when it is one and above 0. */
function pagesIn(xml: string): number | null {
  let text: string | null = null;
  let depth = 0;
  const parser = new SaxesParser({ xmlns: true, position: false });
  let broken = false;
  parser.on('opentag', ({ local }) => {
    depth++;
    if (depth === 2 && local === 'Pages') text = '';
  });
  parser.on('text', (part) => {
    if (depth === 2 && text === '') text = part.trim();
  });
  parser.on('closetag', () => {
    depth--;
  });
  parser.on('error', () => {
    broken = true;
  });
  parser.write(xml).close();
  const pages = broken || !/^\d{1,9}$/.test(text ?? '') ? 0 : Number(text);
  return pages > 0 ? pages : null;
}

async function refuseWithoutDirectory(source: ByteSource) {
  const name = await firstName(source);
  return isOfficePart(name)
    ? truncated(label, 'its directory, which stands at its end, is missing')
    : unsupported('a ZIP archive, cut or damaged');
}

async function firstName(source: ByteSource): Promise<string> {
  const head = await source.read(0, 30);
  if (head.length < 30) return '';
  return (await source.read(30, head.readUInt16LE(26))).toString('utf8');
}

function isOfficePart(name: string): boolean {
  return /^(?:\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|customXml\/)/.test(name);
}

async function archiveName(source: ByteSource, entries: readonly ZipEntry[]): Promise<string> {
  const mimetype = entries.find(({ name }) => name === 'mimetype');
  const type = mimetype && (await readZipEntry(source, mimetype, 1024))?.toString('latin1');
  if (type?.includes('epub')) return 'an EPUB book';
  if (type?.includes('opendocument')) return 'an OpenDocument file';
  const has = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name));
  if (has(/^AndroidManifest\.xml$/)) return 'an Android app (APK)';
  if (has(/^META-INF\/MANIFEST\.MF$/)) return 'a Java archive (JAR)';
  return 'a ZIP archive';
}
