import { SaxesParser } from 'saxes';
import type { Rights } from './rights.ts';

const dublinCore = 'http://purl.org/dc/elements/1.1/';
const photoshop = 'http://ns.adobe.com/photoshop/1.0/';
const longestPacket = 1024 * 1024;

const names: Readonly<Record<string, keyof Rights>> = {
  [`${dublinCore} creator`]: 'creator',
  [`${dublinCore} rights`]: 'copyright',
  [`${photoshop} Credit`]: 'credit',
};

/** dc:creator (all of them), dc:rights (its first language) and photoshop:Credit. What is no XML has none. */
export function xmpRights(packet: Buffer): Rights {
  if (packet.length > longestPacket) return {};
  const found: Record<keyof Rights, string[]> = { creator: [], copyright: [], credit: [] };
  let current: { name: keyof Rights; depth: number } | null = null;
  let text = '';
  let depth = 0;
  let broken = false;
  const keep = () => {
    if (current && text.trim() !== '') found[current.name].push(text.trim());
    text = '';
  };
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', ({ uri, local, attributes }) => {
    depth++;
    const name = names[`${uri} ${local}`];
    if (name && !current) current = { name, depth };
    for (const { uri: space, local: attribute, value } of Object.values(attributes)) {
      const named = names[`${space} ${attribute}`];
      if (named) found[named].push(value);
    }
    text = '';
  });
  parser.on('text', (part) => {
    if (current) text += part;
  });
  parser.on('closetag', () => {
    keep();
    if (current?.depth === depth) current = null;
    depth--;
  });
  parser.on('error', () => {
    broken = true;
  });
  parser.write(new TextDecoder().decode(packet).replaceAll('\0', '')).close();
  if (broken) return {};
  return { creator: found.creator.join(', '), copyright: found.copyright[0], credit: found.credit[0] };
}
