import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFixture, runTool } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { exifRights } from '../src/sandbox/tasks/rights/exif-rights.ts';
import { iptcRights } from '../src/sandbox/tasks/rights/iptc-rights.ts';
import { readRights } from '../src/sandbox/tasks/rights/read-rights.ts';
import { imageOf, renderFile } from './render-file.ts';

const media = createMediaTools();
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-rights-'));
});
afterAll(async () => {
  await media.renderer.close();
  await rm(directory, { recursive: true, force: true });
});

const place = ['-GPSLatitude=48.2', '-GPSLatitudeRef=N', '-GPSLongitude=16.4', '-GPSLongitudeRef=E'];
const device = [
  '-Make=Kamera',
  '-Model=Eins',
  '-SerialNumber=12345',
  '-OwnerName=Somebody',
  '-ImageDescription=Secret',
];

/** What exiftool finds in the rendition of a file that it wrote these tags to before; places in the file left out. */
async function tagsAfter(format: 'jpg' | 'png' | 'webp', tags: readonly string[]) {
  const { path } = await makeFixture(format, directory);
  await runTool('exiftool', ['-q', '-overwrite_original', '-codedcharacterset=utf8', ...tags, path]);
  const found: Record<string, unknown>[] = [];
  for (const [stage, preset] of [
    ['first', 'thumb'],
    ['rest', 'preview'],
  ] as const) {
    const { bytes } = imageOf(await renderFile(media, path, { stage }), preset);
    const rendition = join(directory, `${preset}.webp`);
    await writeFile(rendition, bytes);
    const [all = {}] = JSON.parse(await runTool('exiftool', ['-j', '-G', '-a', rendition]));
    found.push(
      Object.fromEntries(
        Object.entries(all).filter(
          ([name]) =>
            !/^(?:SourceFile|File:|ExifTool:|RIFF:|Composite:ImageSize|Composite:Megapixels)/.test(name),
        ),
      ),
    );
  }
  expect(found[0]).toEqual(found[1]);
  return found[0];
}

const kept = {
  'XMP:Creator': 'Zoë Ångström',
  'XMP:Rights': '© 2026 Atelier & Co <Wien>',
  'XMP:Credit': 'Atelier / APA',
};
const [creator, rights, credit] = Object.values(kept);

describe('the metadata of a rendition', () => {
  it.each(['jpg', 'png', 'webp'] as const)(
    'are whose it is, and nothing else of what %s files hold',
    async (format) => {
      const tags = [
        `-XMP-dc:Creator=${creator}`,
        `-XMP-dc:Rights=${rights}`,
        `-XMP-photoshop:Credit=${credit}`,
      ];
      expect(await tagsAfter(format, [...tags, ...place, ...device])).toEqual(kept);
    },
  );

  it('are taken from EXIF', async () => {
    const tags = [`-EXIF:Artist=${creator}`, `-EXIF:Copyright=${rights}`];
    expect(await tagsAfter('jpg', [...tags, ...place, ...device])).toEqual({
      'XMP:Creator': creator,
      'XMP:Rights': rights,
    });
  });

  it('are taken from IPTC', async () => {
    const tags = [`-IPTC:By-line=${creator}`, `-IPTC:CopyrightNotice=${rights}`, `-IPTC:Credit=${credit}`];
    expect(await tagsAfter('jpg', [...tags, ...place])).toEqual(kept);
  });

  it('are those of XMP where the sources differ', async () => {
    const tags = ['-XMP-dc:Creator=New', '-EXIF:Artist=Old', '-EXIF:Copyright=Only here'];
    expect(await tagsAfter('jpg', tags)).toEqual({ 'XMP:Creator': 'New', 'XMP:Rights': 'Only here' });
  });

  it('are none where a file names nobody', async () => {
    expect(await tagsAfter('jpg', [...place, ...device])).toEqual({});
  });
});

describe('damaged metadata', () => {
  it('name nobody, and nothing is read beyond their end', () => {
    const exif = Buffer.from('4578696600004d4d002a00000008ffff829800020000ffff0000ffff', 'hex');
    for (let length = 0; length <= exif.length; length++)
      expect(exifRights(exif.subarray(0, length)).copyright).toBeUndefined();
    expect(iptcRights(Buffer.from('1c0250ffff41', 'hex')).creator).toBeUndefined();
    expect(readRights({ xmp: Buffer.from('<x:xmpmeta><dc:creator>') })).toBeNull();
    expect(readRights({ exif: Buffer.alloc(3), iptc: Buffer.alloc(2), xmp: Buffer.alloc(9) })).toBeNull();
  });
});
