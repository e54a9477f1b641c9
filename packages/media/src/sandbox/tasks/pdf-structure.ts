import type { ByteSource } from '../../byte-source.ts';
import { truncated } from '../../refusal.ts';

const chunkSize = 64 * 1024;

/**
 * Refuses a PDF that was cut. PDFium repairs such files by collecting what is left, and would count only that. A whole
 * one has its end mark behind its last object, and is as long as a linearised header says; foreign bytes may follow.
 */
export async function refuseCutPdf(source: ByteSource): Promise<void> {
  const head = (await source.read(0, 2048)).toString('latin1');
  const linearised = /\/Linearized\s[^>]{0,500}?\/L\s+(\d{1,12})\b/.exec(head);
  if (linearised && Number(linearised[1]) > source.size) {
    throw truncated('PDF', `it has ${source.size} bytes and its header says ${linearised[1]}`);
  }
  const mark = await lastIndexOf(source, '%%EOF');
  if (mark === null) throw truncated('PDF', 'its end mark is missing');
  // An edited PDF is the old one with objects behind its end mark: cut there, the old version would be taken for it.
  const behind = (await source.read(mark, chunkSize)).toString('latin1');
  if (/^%%EOF\s*\d+ \d+ obj\b/.test(behind)) throw truncated('PDF', 'its last changes end early');
}

async function lastIndexOf(source: ByteSource, text: string): Promise<number | null> {
  for (let end = source.size; end > 0; end -= chunkSize) {
    const start = Math.max(0, end - chunkSize);
    // The chunks overlap, so a mark across their border is found.
    const index = (await source.read(start, chunkSize + text.length)).lastIndexOf(text);
    if (index >= 0) return start + index;
  }
  return null;
}
