import { ByteSource, EndOfBytes } from '../../byte-source.ts';
import { missingFact, Refusal, truncated, unsupported } from '../../refusal.ts';
import { CompoundFile } from './compound-file.ts';
import { summaryPageCount } from './summary-information.ts';

const label = 'DOC';

/** Streams that only one format has, for naming what is no Word document. */
const foreignStreams: readonly (readonly [stream: string, name: string])[] = [
  ['Workbook', 'an Excel workbook (XLS)'],
  ['Book', 'an Excel workbook (XLS)'],
  ['PowerPoint Document', 'a PowerPoint presentation (PPT)'],
  ['VisioDocument', 'a Visio drawing (VSD)'],
  ['Quill', 'a Publisher document'],
  ['__properties_version1.0', 'an Outlook message (MSG)'],
  ['PageMaker', 'a PageMaker document'],
];

/** The page count that Word left in the document's properties; null when it left none. */
export async function readDoc(path: string): Promise<{ pageCount: number | null }> {
  await using source = await ByteSource.open(path, Number.POSITIVE_INFINITY);
  const file = await CompoundFile.open(source).catch((error: unknown) => {
    if (error instanceof EndOfBytes) throw truncated(label, 'it ends before its contents');
    throw error;
  });
  if (!file) throw missingFact(label, { fact: 'contents', why: 'its table of contents is damaged' });
  if (file.has('EncryptedPackage')) {
    throw new Refusal(
      'unreadable_media',
      'This Office document is protected by a password, so nothing in it can be read. Save it without the password.',
    );
  }
  if (!file.has('WordDocument')) {
    const foreign = foreignStreams.find(([stream]) => file.has(stream));
    throw unsupported(foreign?.[1] ?? 'an OLE file that is no Word document');
  }
  const properties = await file.read('\x05SummaryInformation', 1024 * 1024);
  return { pageCount: properties && summaryPageCount(properties) };
}
