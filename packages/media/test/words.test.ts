import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AssetFormat } from '@vitrine/schema';
import { pdfFile, wordFile } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';

const media = createMediaTools();
let directory: string;
let files = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-words-'));
});
afterAll(async () => {
  await media.renderer.close();
  await rm(directory, { recursive: true, force: true });
});

async function wordsOf(format: AssetFormat, bytes: string | Uint8Array): Promise<string> {
  // Bytes under a name never change, and a PDF stays open for a moment.
  files++;
  const path = join(directory, `${files}.${format}`);
  await writeFile(path, bytes);
  return media.texts.read({ path, format }, {});
}

describe('the words of a document', () => {
  it('are those of all pages of a PDF', async () => {
    expect((await wordsOf('pdf', await pdfFile(12))).replaceAll(/\s+/g, ' ')).toMatch(
      /^Page 1 of 12 .*Page 12 of 12 $/,
    );
  });

  it('are those of a DOCX', async () => {
    expect(await wordsOf('docx', await wordFile(1))).toContain('Paragraph 1.\nParagraph 2.');
  });

  it('are those of a text, in the encodings that texts come in', async () => {
    expect(await wordsOf('txt', 'Grüße aus 東京')).toBe('Grüße aus 東京');
    expect(await wordsOf('txt', Buffer.from('Grüße', 'latin1'))).toBe('Grüße');
    expect(await wordsOf('txt', Buffer.from('\ufeffGrüße', 'utf16le'))).toBe('Grüße');
  });

  it('are 200,000 characters at most', async () => {
    expect(await wordsOf('txt', '東 '.repeat(2_000_000))).toHaveLength(200_000);
  });

  it.runIf(existsSync('/usr/bin/soffice'))('are those of a DOC where there is LibreOffice', async () => {
    const source = join(directory, 'old.docx');
    await writeFile(source, await wordFile(1));
    const profile = `-env:UserInstallation=file://${join(directory, 'profile')}`;
    await promisify(execFile)('soffice', [
      profile,
      '--headless',
      '--convert-to',
      'doc',
      '--outdir',
      directory,
      source,
    ]);
    const path = join(directory, 'old.doc');
    expect(await media.texts.read({ path, format: 'doc' }, {})).toContain('Paragraph 20.');
  });

  it('are none where the file is damaged, encrypted or has another format', async () => {
    expect(await wordsOf('pdf', 'no PDF at all')).toBe('');
    expect(await wordsOf('pdf', await pdfFile(2, { password: 'secret' }))).toBe('');
    expect(await wordsOf('docx', 'no DOCX at all')).toBe('');
    expect(await wordsOf('jpg', 'no document')).toBe('');
  });

  it('hold nothing that a database refuses', async () => {
    const text = await wordsOf('txt', 'a\0b');
    expect(text).toBe('a b');
    expect(text.isWellFormed()).toBe(true);
  });

  it('cannot be read of a file that is not there', async () => {
    await expect(media.texts.read({ path: join(directory, 'nowhere'), format: 'pdf' }, {})).rejects.toThrow();
  });
});
