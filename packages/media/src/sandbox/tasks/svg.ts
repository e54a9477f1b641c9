import { readFile, stat } from 'node:fs/promises';
import { SaxesParser } from 'saxes';
import { missingFact, Refusal, truncated, unsupported } from '../../refusal.ts';
import { decodeXml } from './decode-xml.ts';
import { simpleEntities } from './simple-entities.ts';
import { svgLength, viewBoxSize } from './svg-length.ts';

const largest = 20 * 1024 * 1024;
const deepest = 1000;
const namespace = 'http://www.w3.org/2000/svg';
const label = 'SVG';

/** Reads the whole document, since only its last tag shows that it is whole; its entities are never expanded twice. */
export async function readSvg(path: string): Promise<{ width: number; height: number }> {
  const { size } = await stat(path);
  if (size > largest) {
    throw new Refusal(
      'unreadable_media',
      'The SVG file is larger than 20 MB. Simplify it, or export it as PNG.',
    );
  }
  return svgSize(readRoot(decodeXml(await readFile(path))));
}

interface Root {
  readonly width: string | undefined;
  readonly height: string | undefined;
  readonly viewBox: string | undefined;
}

function readRoot(xml: string): Root {
  let root: Root | null = null;
  let depth = 0;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('doctype', (doctype) => Object.assign(parser.ENTITIES, simpleEntities(doctype)));
  parser.on('opentag', ({ local, uri, attributes }) => {
    depth++;
    if (depth > deepest) throw missingFact(label, { fact: 'contents', why: 'they are nested too deeply' });
    if (root) return;
    if (local !== 'svg') throw unsupported(`an XML file with the root element <${local}>`);
    if (uri !== namespace) {
      throw new Refusal(
        'unreadable_media',
        `The SVG file's first element is not in the SVG namespace, so no browser shows it. Add xmlns="${namespace}" to it.`,
      );
    }
    const value = (name: string) => attributes[name]?.value;
    root = { width: value('width'), height: value('height'), viewBox: value('viewBox') };
  });
  parser.on('closetag', () => {
    depth--;
  });
  parser.on('error', (error) => {
    throw depth > 0 && /unclosed|end of (?:file|input)|unexpected end/i.test(error.message)
      ? truncated(label, 'it ends before its last tag')
      : missingFact(label, {
          fact: 'contents',
          why: `they are no well-formed XML (${error.message.slice(0, 200)})`,
        });
  });
  parser.write(xml).close();
  if (!root) throw truncated(label, 'it ends before its first element');
  return root;
}

/**
 * The size browsers give the picture on its own: width and height where they are lengths; where one is missing or a
 * percentage, the viewBox supplies it in proportion. Without either there is none, and none is made up.
 */
function svgSize(root: Root): { width: number; height: number } {
  const box = viewBoxSize(root.viewBox);
  const given = { width: svgLength(root.width), height: svgLength(root.height) };
  const width = given.width ?? (box && (given.height ?? box.height) * (box.width / box.height));
  const height = given.height ?? (box && (given.width ?? box.width) * (box.height / box.width));
  if (width === null || height === null) {
    throw missingFact(label, {
      fact: 'width and height',
      why: 'its first element has neither a width and height in absolute units nor a viewBox',
    });
  }
  // Less than half a pixel still shows as one; nothing and less does not show.
  const pixels = (length: number) => (length > 0 ? Math.max(1, Math.round(length)) : 0);
  const size = { width: pixels(width), height: pixels(height) };
  if (
    !(
      size.width > 0 &&
      size.height > 0 &&
      Number.isSafeInteger(size.width) &&
      Number.isSafeInteger(size.height)
    )
  ) {
    throw missingFact(label, { fact: 'width and height', why: 'they are not above 0' });
  }
  return size;
}
