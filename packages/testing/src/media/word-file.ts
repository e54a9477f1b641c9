import CFB from 'cfb';
import { Document, Packer, Paragraph } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const savedAt = '2024-01-01T00:00:00Z';
const properties = (pages: number) =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">' +
  `<Template>Normal.dotm</Template><Pages>${pages}</Pages><Words>12</Words></Properties>`;

/** A DOCX of some paragraphs; `pages` is what its properties say, null for a document without the property. */
export async function wordFile(pages: number | null): Promise<Uint8Array> {
  const document = new Document({
    creator: 'Vitrine',
    sections: [
      { children: Array.from({ length: 20 }, (_, index) => new Paragraph(`Paragraph ${index + 1}.`)) },
    ],
  });
  const parts = unzipSync(await Packer.toBuffer(document));
  const core = parts['docProps/core.xml'];
  // The library writes the time of day; a fixture is the same every time.
  if (core) {
    const dated = strFromU8(core).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, savedAt);
    parts['docProps/core.xml'] = strToU8(dated);
  }
  if (pages === null) delete parts['docProps/app.xml'];
  else parts['docProps/app.xml'] = strToU8(properties(pages));
  return zipSync(parts, { mtime: new Date(2024, 0, 1) });
}

/** An OLE file with the given streams, as older Office programs write it. */
export function compoundFile(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const container = CFB.utils.cfb_new();
  // The library adds a stream with its own name otherwise.
  CFB.utils.cfb_del(container, '\u0001Sh33tJ5');
  for (const [name, bytes] of Object.entries(streams))
    CFB.utils.cfb_add(container, `/${name}`, Buffer.from(bytes));
  const written = CFB.write(container, { type: 'buffer' });
  if (typeof written === 'string') throw new Error('The OLE file was not written as bytes.');
  return Uint8Array.from(written);
}

/** The streams of an old Word document; `pages` as for `wordFile`. The text stream is only long enough to be one. */
export function oldWordFile(pages: number | null): Uint8Array {
  const text = Buffer.alloc(6000, 0x20);
  text.writeUInt16LE(0xa5ec, 0); // the mark of a Word document, and its version
  text.writeUInt16LE(0x00c1, 2);
  return compoundFile({
    WordDocument: text,
    '1Table': Buffer.alloc(5000, 0x41),
    ...(pages === null ? {} : { '\u0005SummaryInformation': summaryInformation(pages) }),
  });
}

/** A property set with a code page and a page count. */
function summaryInformation(pages: number): Buffer {
  const set = Buffer.alloc(48 + 40);
  set.writeUInt16LE(0xfffe, 0);
  set.writeUInt32LE(1, 24);
  set.write('e0859ff2f94f6810ab9108002b27b3d9', 28, 'hex');
  set.writeUInt32LE(48, 44);
  set.writeUInt32LE(40, 48);
  set.writeUInt32LE(2, 52);
  set.writeUInt32LE(1, 56);
  set.writeUInt32LE(24, 60);
  set.writeUInt32LE(14, 64);
  set.writeUInt32LE(32, 68);
  set.writeUInt32LE(2, 72);
  set.writeUInt16LE(1252, 76);
  set.writeUInt32LE(3, 80);
  set.writeInt32LE(pages, 84);
  return set;
}
