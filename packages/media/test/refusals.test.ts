import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type BadFile, makeBadFiles, makeFixture, makePolyglots, pdfFile, runFfmpeg } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { inspectFile, refusalOf } from './inspect-file.ts';

const { inspector } = createMediaTools();
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-refusals-'));
});
afterAll(async () => {
  await inspector.close();
  await rm(directory, { recursive: true, force: true });
});

async function write(fileName: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, fileName);
  await writeFile(path, content);
  return path;
}

const svg = (attributes: string, content = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`;

describe('files that are not taken', () => {
  it('are refused with the code of their fault, and are told what they are', async () => {
    const files: BadFile[] = await makeBadFiles(join(directory, 'bad'));
    const wrong: string[] = [];
    for (const { path, fileName, code, says } of files) {
      const refusal = await refusalOf(inspector, path, fileName);
      if (refusal.code !== code || !refusal.message.includes(says)) {
        wrong.push(`${fileName} (${says}): ${refusal.code} ${refusal.message}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(files.length).toBeGreaterThan(60);
  });

  it('are told what is taken instead', async () => {
    const { message } = await refusalOf(inspector, await write('page.txt', '<!doctype html><p>Hello'));
    expect(message).toMatch(/^This is an HTML page\. Vitrine takes JPG, .*, TXT\.$/);
  });

  it('are video in formats for sound, and sound in formats for video', async () => {
    const theora = join(directory, 'theora.ogg');
    await runFfmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x48:d=1', '-c:v', 'libtheora', theora]);
    expect(await refusalOf(inspector, theora)).toMatchObject({
      code: 'unsupported_format',
      message: expect.stringContaining('Theora video'),
    });
    for (const extension of ['webm', 'mkv']) {
      const sound = join(directory, `sound.${extension}`);
      await runFfmpeg(['-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'libvorbis', sound]);
      expect(await refusalOf(inspector, sound)).toMatchObject({
        code: 'unsupported_format',
        message: expect.stringContaining('without video'),
      });
    }
  });

  it('are MPEG audio of layer 2', async () => {
    const path = join(directory, 'layer.mp2');
    await runFfmpeg(['-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'mp2', path]);
    expect(await refusalOf(inspector, path, 'layer.mp3')).toMatchObject({ code: 'unsupported_format' });
  });

  it('are MPEG transport streams of another program', async () => {
    const path = join(directory, 'broadcast.ts');
    await runFfmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x48:d=1', '-c:v', 'mpeg2video', path]);
    const refusal = await refusalOf(inspector, path, 'broadcast.mp4');
    expect(refusal).toMatchObject({
      code: 'unsupported_format',
      message: expect.stringContaining('MPEG transport'),
    });
  });
});

describe('files of two formats', () => {
  it('are what they start as', async () => {
    const files = await makePolyglots(join(directory, 'polyglots'));
    for (const { path, format } of files) {
      expect(await inspectFile(inspector, path), path).toMatchObject({ format });
    }
    expect(files.length).toBeGreaterThan(5);
  });

  it('are refused when the start is that of a page, whatever lies inside', async () => {
    const picture = await makeFixture('png', directory);
    const page = Buffer.concat([Buffer.from('<html><!--'), await readFile(picture.path)]);
    expect(await refusalOf(inspector, await write('page.png', page))).toMatchObject({
      code: 'unsupported_format',
    });
  });
});

describe('a mislabelled file', () => {
  it('is what its bytes are', async () => {
    const sound = await makeFixture('m4a', directory);
    expect(await inspectFile(inspector, sound.path, 'song.mp4')).toMatchObject({
      type: 'audio',
      format: 'm4a',
    });
    const text = await makeFixture('txt', directory);
    expect(await inspectFile(inspector, text.path, 'picture.png')).toMatchObject({ format: 'txt' });
  });
});

describe('SVG', () => {
  it('has no size made up for it', async () => {
    for (const attributes of [
      '',
      'width="100%" height="50%"',
      'width="10"',
      'viewBox="0 0 0 10"',
      'width="-1" height="2"',
    ]) {
      const refusal = await refusalOf(inspector, await write('sizeless.svg', svg(attributes)));
      expect(refusal, attributes).toMatchObject({
        code: 'unreadable_media',
        message: expect.stringContaining('width and height'),
      });
    }
  });

  it('expands no entity that names another, and none from a file', async () => {
    const laughs = Array.from(
      { length: 9 },
      (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
    );
    const bomb = `<!DOCTYPE svg [<!ENTITY e0 "ha">${laughs.join('')}]>${svg('width="1" height="1"', '&e9;')}`;
    const foreign = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>${svg('width="1" height="1"', '&x;')}`;
    for (const text of [bomb, foreign]) {
      expect(await refusalOf(inspector, await write('entities.svg', text))).toMatchObject({
        code: 'unreadable_media',
      });
    }
  });

  it('is refused beyond 20 MB, and when nested a thousand deep', async () => {
    const large = svg('width="1" height="1"', `<!--${' '.repeat(21 * 1024 * 1024)}-->`);
    expect((await refusalOf(inspector, await write('large.svg', large))).message).toContain('20 MB');
    const deep = svg('width="1" height="1"', '<g>'.repeat(2000) + '</g>'.repeat(2000));
    expect((await refusalOf(inspector, await write('deep.svg', deep))).message).toContain(
      'nested too deeply',
    );
  });

  it('needs the namespace without which no browser shows it', async () => {
    const refusal = await refusalOf(inspector, await write('plain.svg', '<svg width="4" height="4"/>'));
    expect(refusal.message).toContain('xmlns="http://www.w3.org/2000/svg"');
  });

  it('is read in the encoding it declares', async () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?>${svg('width="4" height="5"', '<title>Caf\xe9</title>')}`;
    const path = await write('latin.svg', Buffer.from(text, 'latin1'));
    expect(await inspectFile(inspector, path)).toMatchObject({ format: 'svg', width: 4, height: 5 });
  });
});

describe('documents', () => {
  it('are refused when a PDF was cut after an earlier version of itself', async () => {
    const whole = await pdfFile(2);
    const edited = Buffer.concat([
      whole,
      Buffer.from('\n40 0 obj\n<< /Type /Page >>\nendobj\n41 0 obj\n<< /Ty'),
    ]);
    expect((await refusalOf(inspector, await write('edited.pdf', edited))).message).toContain('last changes');
  });

  it('are refused when a PDF is damaged beyond counting', async () => {
    const bytes = Buffer.from(`%PDF-1.4\n${'\0'.repeat(500)}\nstartxref\n9\n%%EOF\n`);
    expect(await refusalOf(inspector, await write('damaged.pdf', bytes))).toMatchObject({
      code: 'unreadable_media',
      message: expect.stringContaining('page count'),
    });
  });

  it('do not have a bomb in a DOCX unpacked', async () => {
    const path = await write('bomb.docx', zipOf('[Content_Types].xml', Buffer.alloc(512 * 1024 * 1024)));
    const started = performance.now();
    expect(await refusalOf(inspector, path)).toMatchObject({ code: 'unreadable_media' });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('has no part written anywhere, whatever its name in the archive', async () => {
    const outside = join(directory, 'escaped.xml');
    const before = await readdir(directory);
    for (const name of [outside, '../escaped.xml', 'word/../../escaped.xml', 'escaped.xml']) {
      const path = await write('slip.docx', zipOf(name, Buffer.from('<w/>')));
      expect(await refusalOf(inspector, path)).toMatchObject({ code: expect.any(String) });
    }
    expect((await readdir(directory)).filter((name) => !before.includes(name))).toEqual(['slip.docx']);
    expect(existsSync(join(directory, '../escaped.xml'))).toBe(false);
  });
});

describe('text', () => {
  it('may be of older programs, colourful or short', async () => {
    for (const content of [
      'x',
      '\x1b[31mred\x1b[0m\n',
      Buffer.from('na\xefve caf\xe9\n', 'latin1'),
      'ID3 tags, explained\n',
    ]) {
      expect(await inspectFile(inspector, await write('note.txt', content))).toMatchObject({ format: 'txt' });
    }
  });

  it('has no control bytes, and no bytes that could be anything', async () => {
    const mostlyHigh = Buffer.from('\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0\n', 'latin1');
    for (const content of [
      'a\0b',
      `${'a'.repeat(300_000)}\x07`,
      mostlyHigh,
      Buffer.from([0x61, 0x81, 0x8d]),
    ]) {
      const refusal = await refusalOf(inspector, await write('note.txt', content));
      expect(refusal.code).toBe('unsupported_format');
    }
  });

  it('is refused when it ends in the middle of a character', async () => {
    for (const bytes of [
      Buffer.from('日本語日本語').subarray(0, -1),
      Buffer.from('\ufeffabc', 'utf16le').subarray(0, -1),
    ]) {
      expect((await refusalOf(inspector, await write('cut.txt', bytes))).message).toContain(
        'middle of a character',
      );
    }
  });
});

/** A zip of one entry by hand, since its bytes would not fit the test's memory twice. */
function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, Buffer.from(name), packed]);
  const central = Buffer.concat([
    Buffer.from('504b01021400', 'hex'),
    head,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
