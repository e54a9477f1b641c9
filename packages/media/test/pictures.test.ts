import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { fixtureVariants, makeFixture } from '@vitrine/testing';
import sharp from 'sharp';
import { rgbaToThumbHash, thumbHashToAverageRGBA } from 'thumbhash';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { decode, distance, imageOf, renderFile } from './render-file.ts';

const media = createMediaTools();
let directory: string;
const file = (name: string) => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-pictures-'));
});
afterAll(async () => {
  await media.renderer.close();
  await rm(directory, { recursive: true, force: true });
});

const red = [220, 30, 40] as const;
const green = [20, 160, 60] as const;
const blue = [30, 60, 200] as const;
const yellow = [240, 210, 40] as const;

/** Red and green above, blue and yellow below. */
function quarters(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = y < height / 2 ? (x < width / 2 ? red : green) : x < width / 2 ? blue : yellow;
      pixels.set(colour, (y * width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

describe('a picture', () => {
  it.each([
    ['wide', 2000, 1000, [320, 160], [1280, 640]],
    ['tall', 600, 1600, [120, 320], [480, 1280]],
    ['small', 100, 80, [100, 80], [100, 80]],
    ['in between', 700, 700, [320, 320], [700, 700]],
    ['of one pixel', 1, 1, [1, 1], [1, 1]],
    ['a line', 10_000, 1, [320, 1], [1280, 1]],
    ['a column', 1, 5000, [1, 320], [1, 1280]],
  ] as const)('that is %s is fitted and never enlarged', async (name, width, height, thumb, preview) => {
    const path = file(`${name}.png`);
    await quarters(width, height).png().toFile(path);
    const first = imageOf(await renderFile(media, path), 'thumb');
    expect([first.width, first.height]).toEqual(thumb);
    const rest = imageOf(await renderFile(media, path, { stage: 'rest' }), 'preview');
    expect([rest.width, rest.height]).toEqual(preview);
    await decode(first);
    await decode(rest);
  });

  it.each([
    [1, [red, green, blue, yellow]],
    [2, [green, red, yellow, blue]],
    [3, [yellow, blue, green, red]],
    [4, [blue, yellow, red, green]],
    [5, [red, blue, green, yellow]],
    [6, [blue, red, yellow, green]],
    [7, [yellow, green, blue, red]],
    [8, [green, yellow, red, blue]],
  ] as const)('of orientation %i is shown upright', async (orientation, corners) => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const path = file(`turned-${orientation}.${format}`);
      await quarters(640, 400).withMetadata({ orientation }).toFormat(format).toFile(path);
      for (const [stage, preset] of [
        ['first', 'thumb'],
        ['rest', 'preview'],
      ] as const) {
        const rendered = await renderFile(media, path, { stage });
        const { width, height, at } = await decode(imageOf(rendered, preset));
        expect(width > height).toBe(orientation < 5);
        const [left, right] = [Math.floor(width / 4), Math.floor((width * 3) / 4)];
        const [top, bottom] = [Math.floor(height / 4), Math.floor((height * 3) / 4)];
        const shown = [at(left, top), at(right, top), at(left, bottom), at(right, bottom)];
        for (const [index, corner] of corners.entries())
          expect(distance(shown[index] ?? [], corner), `${format} ${preset} corner ${index}`).toBeLessThan(
            30,
          );
      }
    }
  });

  it.each([
    ['p3', 'srgb', [220, 30, 40]],
    // Colours that ink can print.
    ['cmyk', 'cmyk', [170, 80, 70]],
    ['cmyk', 'cmyk', [90, 120, 150]],
  ] as const)('with the colour profile %s looks as it did', async (profile, space, colour) => {
    const path = file(`${profile}.jpg`);
    const [r, g, b] = colour;
    await sharp({ create: { width: 400, height: 400, channels: 3, background: { r, g, b } } })
      .toColourspace(space)
      .withIccProfile(profile)
      .jpeg({ quality: 95 })
      .toFile(path);
    const { at } = await decode(imageOf(await renderFile(media, path), 'thumb'));
    // The way into ink and back costs some of the colour.
    expect(distance(at(80, 80), colour)).toBeLessThan(profile === 'cmyk' ? 25 : 12);
  });

  it('of 16 bits, grey or of few colours looks as it did', async () => {
    const sixteen = file('16-bit.png');
    await quarters(50, 50).toColourspace('rgb16').png().toFile(sixteen);
    expect(
      distance((await decode(imageOf(await renderFile(media, sixteen), 'thumb'))).at(10, 10), red),
    ).toBeLessThan(30);
    const grey = file('grey.jpg');
    await sharp({ create: { width: 40, height: 40, channels: 3, background: '#808080' } })
      .greyscale()
      .jpeg()
      .toFile(grey);
    expect(
      distance((await decode(imageOf(await renderFile(media, grey), 'thumb'))).at(20, 20), [128, 128, 128]),
    ).toBeLessThan(4);
    const palette = file('palette.png');
    await quarters(50, 50).png({ palette: true, colours: 4 }).toFile(palette);
    expect(
      distance((await decode(imageOf(await renderFile(media, palette), 'thumb'))).at(40, 40), yellow),
    ).toBeLessThan(30);
  });

  it('keeps what is transparent', async () => {
    const path = file('alpha.png');
    await sharp({
      create: { width: 400, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .composite([
        {
          input: { create: { width: 200, height: 200, channels: 4, background: '#dc1e28' } },
          left: 0,
          top: 0,
        },
      ])
      .png()
      .toFile(path);
    const { at } = await decode(imageOf(await renderFile(media, path), 'thumb'));
    expect(at(300, 80)[3]).toBe(0);
    expect(at(40, 80)[3]).toBe(255);
    expect(distance(at(40, 80), red)).toBeLessThan(12);
  });

  it('without anything to see is made all the same', async () => {
    const path = file('blank.png');
    await sharp({
      create: { width: 30, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toFile(path);
    const thumb = imageOf(await renderFile(media, path), 'thumb');
    expect((await decode(thumb)).at(5, 5)[3]).toBe(0);
    expect(thumb.thumbhash).not.toBeNull();
  });

  it.each(['gif', 'webp'] as const)(
    'that moves (%s) shows its first frame that is not empty',
    async (format) => {
      const path = file(`moving.${format}`);
      const create = { width: 60, height: 40, channels: 4, background: '#00000000' } as const;
      const empty = await sharp({ create }).png().toBuffer();
      const picture = await quarters(60, 40).png().toBuffer();
      await sharp([empty, empty, picture], { join: { animated: true } })
        .toFormat(format)
        .toFile(path);
      const { at } = await decode(imageOf(await renderFile(media, path), 'thumb'));
      expect(distance(at(10, 10), red)).toBeLessThan(40);
      expect(distance(at(50, 30), yellow)).toBeLessThan(40);
    },
  );

  it('has the thumbhash that the reference gives for the thumb', async () => {
    const { path } = await makeFixture('jpg', directory);
    const thumb = imageOf(await renderFile(media, path), 'thumb');
    const { data, info } = await sharp(path)
      .resize(100, 100, { fit: 'inside' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const reference = thumbHashToAverageRGBA(rgbaToThumbHash(info.width, info.height, data));
    const ours = thumbHashToAverageRGBA(Buffer.from(thumb.thumbhash ?? '', 'base64'));
    for (const channel of ['r', 'g', 'b', 'a'] as const)
      expect(ours[channel]).toBeCloseTo(reference[channel], 1);
    expect(imageOf(await renderFile(media, path, { stage: 'rest' }), 'preview').thumbhash).toBeNull();
  });

  it.each(['jpg', 'png', 'webp', 'gif'] as const)(
    'of every variant of %s is made, and its file stays as it was',
    async (format) => {
      for (const variant of fixtureVariants(format)) {
        const { path, facts } = await makeFixture(format, directory, { variant });
        const before = await readFile(path);
        const thumb = imageOf(await renderFile(media, path), 'thumb');
        expect(facts, variant).toMatchObject({ width: thumb.width, height: thumb.height });
        await decode(thumb);
        expect((await readFile(path)).equals(before)).toBe(true);
      }
    },
  );

  it('of 900 million pixels fails with a reason', async () => {
    const path = file('bomb.png');
    await writeFile(path, bitmap(30_000));
    const started = performance.now();
    const { outcomes } = await renderFile(media, path);
    expect(outcomes).toEqual([
      { state: 'failed', preset: 'thumb', reason: expect.stringContaining('30000 × 30000') },
    ]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

/** A black square PNG, one bit to the pixel. */
function bitmap(edge: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(edge / 8)) * edge), { level: 1 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
