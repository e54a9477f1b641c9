import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayAct } from './pdf-actions.ts';

const file = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const script = '<</S/JavaScript/JS(app.alert\\(1\\))>>';

/** An object stream as most writers of PDF 1.5 make them. */
function objects(text: string, { dictionary = '', start = '\n', bytes = deflateSync(text) } = {}): Buffer {
  const entries = `/Type /ObjStm /N 1 /First 4 /Length ${bytes.length}`;
  return file(
    `%PDF-1.5\n1 0 obj\n<<${dictionary || `${entries} /Filter /FlateDecode`}>>\nstream${start}`,
    bytes,
    '\nendstream\n',
  );
}

describe('a PDF that might act', () => {
  const acting = {
    'a script at its opening': file(`%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction${script}>>endobj`),
    'a name spelled with escapes': file('%PDF-1.4\n<</OpenAction<</S/J#61v#61Script/JS(x)>>>>'),
    'an escape that only some readers take for one': file('%PDF-1.4\n<</S/Java#;#cript/JS(x)>>'),
    'a name at the very end': file('%PDF-1.4\n<</S /JavaScript'),
    'a program to start': file('<</S/Launch/F(/bin/sh)>>'),
    'a form to send': file('<</S/SubmitForm/F(/x)>>'),
    'an XFA form': file('<</AcroForm<</XFA 7 0 R>>>>'),
    'objects that are encrypted': file('trailer<</Encrypt 5 0 R/Root 1 0 R>>'),
    'a script in an object stream': objects(`2 0 ${script}`),
    'a script far inside an object stream': objects(`2 0 ${'[0 0 612 792] '.repeat(50_000)}${script}`),
    'a script behind damaged bytes': objects('', {
      bytes: Buffer.concat([
        deflateSync(`2 0 ${script}${'x'.repeat(9)}`).subarray(0, -6),
        Buffer.from('damaged'),
      ]),
    }),
    'an object stream whose line ends otherwise': objects(`2 0 ${script}`, { start: '  %\r' }),
    'an object stream with another filter': objects('2 0 <<>>', {
      dictionary: '/Type/ObjStm/N 1/First 4/Length 10/Filter[/ASCIIHexDecode/FlateDecode]',
    }),
    'an object stream with a predictor': objects('2 0 <<>>', {
      dictionary: '/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 12>>',
    }),
    'an object stream whose filter is named elsewhere': objects('2 0 <<>>', {
      dictionary: '/Type/ObjStm/N 1/First 4/Filter 9 0 R',
    }),
    'the type of an object stream on its own': file('5 0 obj /ObjStm endobj'),
    'a name across the border of what is read at once': file('x'.repeat(1024 * 1024 - 4), '/JavaScript '),
  };
  it.each(Object.entries(acting))('is one with %s', async (_what, pdf) => {
    expect(await mayAct(pdf)).toBe(true);
  });

  const still = {
    'pages and nothing else': file('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF'),
    'links to addresses': file('<</A<</S/URI/URI(https://northwind.example/)>>>>'),
    'names that only begin alike': file('<</JavaScripts 1/Launcher 2/XFAx 3>>'),
    'an object stream of harmless objects': objects('2 0 <</Type/Catalog/Pages 3 0 R>>'),
    'a cross-reference stream with a predictor': file(
      '<</Type/XRef/W[1 2 1]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>>>\nstream\n',
      deflateSync(Buffer.alloc(40)),
    ),
    'words about scripts in a text of its own filter': file('<<>>\nstream\n', deflateSync('(JavaScript) Tj')),
  };
  it.each(Object.entries(still))('is not one with %s', async (_what, pdf) => {
    expect(await mayAct(pdf)).toBe(false);
  });

  it('is found wherever the script lies, in the open or deflated at any level', async () => {
    const anywhere = fc.tuple(
      fc.uint8Array({ maxLength: 5000 }),
      fc.uint8Array({ maxLength: 5000 }),
      fc.nat(9),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(anywhere, async ([before, after, level, deflated]) => {
        const inner = file(Buffer.from(before), script, Buffer.from(after));
        const pdf = deflated ? file('stream\n', deflateSync(inner, { level })) : inner;
        expect(await mayAct(pdf)).toBe(true);
      }),
    );
  });
});
