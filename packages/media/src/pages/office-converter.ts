import { Refusal } from '../refusal.ts';
import type { ToolSession } from '../sandbox/tool-runner.ts';
import { toolFailure } from '../video/tool-failure.ts';

/** A cold start reads some hundred megabytes of programs. */
export const officeMs = 30_000;
const limits = { wallMs: officeMs, cpuSeconds: 30, memoryBytes: 2 * 1024 * 1024 * 1024 } as const;
const plainText = 'txt:Text (encoded):UTF8';
const firstPage = 'pdf:writer_pdf_Export:{"PageRange":{"type":"string","value":"1"}}';

/** The file as another one in the session's folder, of this name; null where there is no LibreOffice. */
async function convert(
  session: ToolSession,
  { filter, name, what }: { readonly filter: string; readonly name: string; readonly what: string },
): Promise<string | null> {
  const outcome = await session.run({
    command: 'soffice',
    args: [
      // Everything it keeps lies in the private folder.
      `-env:UserInstallation=file://${session.file('profile')}`,
      '--headless',
      '--norestore',
      '--nolockcheck',
      ...['--convert-to', filter, '--outdir', session.folder, session.input],
    ],
    limits,
  });
  if (outcome.kind === 'missing') return null;
  const made = await session.made(name);
  if (made !== null) return made;
  throw new Refusal('unreadable_media', toolFailure(outcome, what));
}

/**
 * The first page of a Word file as a PDF in the session's folder; null where there is no LibreOffice. Fails with a Refusal when it
 * can make nothing of the file.
 */
export function convertFirstPage(session: ToolSession): Promise<string | null> {
  return convert(session, { filter: firstPage, name: 'input.pdf', what: 'A cover' });
}

/** The same for all of its text, in UTF-8. */
export function convertToText(session: ToolSession): Promise<string | null> {
  return convert(session, { filter: plainText, name: 'input.txt', what: 'The text' });
}
