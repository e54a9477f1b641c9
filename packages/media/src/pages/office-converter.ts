import { Refusal } from '../refusal.ts';
import type { ToolSession } from '../sandbox/tool-runner.ts';
import { toolFailure } from '../video/tool-failure.ts';

/** A cold start reads some hundred megabytes of programs. */
export const officeMs = 30_000;
const limits = { wallMs: officeMs, cpuSeconds: 30, memoryBytes: 2 * 1024 * 1024 * 1024 } as const;
const firstPage = 'pdf:writer_pdf_Export:{"PageRange":{"type":"string","value":"1"}}';

/**
 * The first page of a Word file as a PDF in the session's folder; null where there is no LibreOffice. Fails with a Refusal when it
 * can make nothing of the file.
 */
export async function convertFirstPage(session: ToolSession): Promise<string | null> {
  const outcome = await session.run({
    command: 'soffice',
    args: [
      // Everything it keeps lies in the private folder.
      `-env:UserInstallation=file://${session.file('profile')}`,
      '--headless',
      '--norestore',
      '--nolockcheck',
      ...['--convert-to', firstPage, '--outdir', session.folder, session.input],
    ],
    limits,
  });
  if (outcome.kind === 'missing') return null;
  const page = await session.made('input.pdf');
  if (page !== null) return page;
  throw new Refusal('unreadable_media', toolFailure(outcome, 'A cover'));
}
