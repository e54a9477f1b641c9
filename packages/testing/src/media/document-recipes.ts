import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FormatOf } from '@vitrine/schema';
import type { MediaRecipe } from './media-recipe.ts';
import { pdfFile } from './pdf-file.ts';
import { runTool } from './tools.ts';
import { oldWordFile, wordFile } from './word-file.ts';

type DocumentFormat = FormatOf<'document'>;

function written(
  format: DocumentFormat,
  variant: string,
  { pageCount, bytes }: { pageCount: number | null; bytes: () => Uint8Array | Promise<Uint8Array> },
): MediaRecipe {
  return {
    variant,
    facts: { type: 'document', format, pageCount },
    make: async (path) => writeFile(path, await bytes()),
  };
}

const paragraph = 'Die Vögel zogen — wie jedes Jahr — nach Süden. Ελλάδα, Україна, 日本.\n';
/** Western text in the encoding of older Windows programs: the dash and the quotes are bytes that UTF-8 does not have. */
const windowsText = Buffer.from(
  'Caf\xe9 \x96 \x93d\xe9j\xe0 vu\x94\r\nTotal: 12 \x80\r\n'.repeat(20),
  'latin1',
);

/** A whole document of another program. LibreOffice leaves the page count out of the properties. */
const converted: MediaRecipe = {
  variant: 'libreoffice',
  facts: { type: 'document', format: 'doc', pageCount: null },
  async make(path, scratch) {
    const source = join(scratch, 'source.docx');
    await writeFile(source, await wordFile(null));
    await runTool('soffice', [
      `-env:UserInstallation=${pathToFileURL(join(scratch, 'profile')).href}`,
      ...['--headless', '--norestore', '--convert-to', 'doc:MS Word 97', '--outdir', scratch, source],
    ]);
    await copyFile(join(scratch, 'source.doc'), path);
  },
};

export const documentRecipes: Record<DocumentFormat, MediaRecipe[]> = {
  pdf: [
    written('pdf', 'three-pages', { pageCount: 3, bytes: () => pdfFile(3) }),
    written('pdf', 'one-page', { pageCount: 1, bytes: () => pdfFile(1) }),
    written('pdf', 'encrypted', { pageCount: null, bytes: () => pdfFile(2, { password: 'secret' }) }),
  ],
  doc: [
    written('doc', 'with-pages', { pageCount: 4, bytes: () => oldWordFile(4) }),
    written('doc', 'without-pages', { pageCount: null, bytes: () => oldWordFile(null) }),
    converted,
  ],
  docx: [
    written('docx', 'with-pages', { pageCount: 7, bytes: () => wordFile(7) }),
    written('docx', 'without-pages', { pageCount: null, bytes: () => wordFile(null) }),
  ],
  txt: [
    written('txt', 'utf-8', { pageCount: null, bytes: () => Buffer.from(paragraph.repeat(30)) }),
    written('txt', 'utf-8-with-mark', { pageCount: null, bytes: () => Buffer.from(`\ufeff${paragraph}`) }),
    written('txt', 'utf-16', { pageCount: null, bytes: () => Buffer.from(`\ufeff${paragraph}`, 'utf16le') }),
    written('txt', 'windows-1252', { pageCount: null, bytes: () => windowsText }),
  ],
};
