import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFixture, runFfmpeg } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { inspectFile, refusalOf } from './inspect-file.ts';
import { headerMs } from './oracle.ts';

const { inspector } = createMediaTools();
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-containers-'));
});
afterAll(async () => {
  await inspector.close();
  await rm(directory, { recursive: true, force: true });
});

async function write(fileName: string, bytes: Uint8Array): Promise<string> {
  const path = join(directory, fileName);
  await writeFile(path, bytes);
  return path;
}

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=128x72:r=25:d=1'];
const sound = ['-f', 'lavfi', '-i', 'sine=d=1'];

describe('MP4 and MOV', () => {
  it('are refused when the samples that the header lists are not all there, although every box is whole', async () => {
    const { path } = await makeFixture('mp4', directory, { variant: 'header-first' });
    const bytes = await readFile(path);
    const at = bytes.indexOf('mdat') - 4;
    const cut = Buffer.from(bytes.subarray(0, bytes.length - 500));
    cut.writeUInt32BE(cut.length - at, at);
    const refusal = await refusalOf(inspector, await write('patched.mp4', cut));
    expect(refusal).toMatchObject({
      code: 'unreadable_media',
      message: expect.stringContaining('last of its samples'),
    });
  });

  it('are MOV without a file type, as old cameras write it', async () => {
    const bytes = await readFile((await makeFixture('mov', directory)).path);
    const old = bytes.subarray(bytes.readUInt32BE(0));
    expect(await inspectFile(inspector, await write('old.mov', old))).toMatchObject({
      format: 'mov',
      width: 128,
      durationMs: 1200,
    });
  });

  it('are MP4 when a 3GP file says that MP4 readers may take it', async () => {
    const path = join(directory, 'telephone.3gp');
    await runFfmpeg([...picture, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', path]);
    const bytes = await readFile(path);
    expect(bytes.toString('latin1', 8, 11)).toBe('3gp');
    expect(bytes.includes('isom')).toBe(true);
    expect(await inspectFile(inspector, path)).toMatchObject({ format: 'mp4', width: 128, height: 72 });
  });

  it('are not taken with sound only when they are QuickTime', async () => {
    const path = join(directory, 'sound.mov');
    await runFfmpeg([...sound, '-c:a', 'aac', path]);
    expect((await refusalOf(inspector, path)).message).toContain('QuickTime file with sound only');
  });
});

describe('MKV', () => {
  const element = (id: string, body: Uint8Array) =>
    Buffer.concat([
      Buffer.from(id, 'hex'),
      Buffer.from([0x40 | (body.length >> 8), body.length & 255]),
      body,
    ]);
  const float = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return bytes;
  };
  const film = (video: readonly Buffer[]) =>
    Buffer.concat([
      element('1a45dfa3', element('4282', Buffer.from('matroska'))),
      element(
        '18538067',
        Buffer.concat([
          element('1549a966', element('4489', float(2500))),
          element(
            '1654ae6b',
            element(
              'ae',
              Buffer.concat([
                element('d7', Buffer.from([1])),
                element('83', Buffer.from([1])),
                element(
                  'e0',
                  Buffer.concat([
                    element('b0', Buffer.from([1, 64])),
                    element('ba', Buffer.from([180])),
                    ...video,
                  ]),
                ),
              ]),
            ),
          ),
        ]),
      ),
    ]);

  it('is turned by the roll of its projection', async () => {
    const roll = (degrees: number) => film([element('7670', element('7675', float(degrees)))]);
    const inspectRoll = async (degrees: number) =>
      inspectFile(inspector, await write('rolled.mkv', roll(degrees)));
    expect(await inspectRoll(-90)).toMatchObject({ width: 180, height: 320, durationMs: 2500 });
    expect(await inspectRoll(180)).toMatchObject({ width: 320, height: 180 });
    expect(await inspectRoll(270)).toMatchObject({ width: 180, height: 320 });
  });

  it('is cropped, and stretched to its display ratio', async () => {
    const cropped = film([element('54aa', Buffer.from([10])), element('54bb', Buffer.from([10]))]);
    expect(await inspectFile(inspector, await write('cropped.mkv', cropped))).toMatchObject({
      width: 320,
      height: 160,
    });
    const ratio = [
      element('54b0', Buffer.from([4])),
      element('54ba', Buffer.from([3])),
      element('54b2', Buffer.from([3])),
    ];
    expect(await inspectFile(inspector, await write('ratio.mkv', film(ratio)))).toMatchObject({
      width: 240,
      height: 180,
    });
  });
});

describe('AVI', () => {
  it('counts the frames of all its parts', async () => {
    const path = join(directory, 'long.avi');
    await runFfmpeg([...picture, ...sound, '-c:v', 'mjpeg', '-c:a', 'pcm_s16le', path]);
    const bytes = await readFile(path);
    const odml = bytes.indexOf('dmlh');
    const length = bytes.indexOf('vids') + 32;
    expect(odml).toBeGreaterThan(0);
    // ffmpeg leaves room for the extension, marked as junk until a second part is needed.
    bytes.write('LIST', odml - 12);
    // The header of a file over 1 GB counts the first part only, and the extension counts all.
    bytes.writeUInt32LE(50, odml + 8);
    bytes.writeUInt32LE(10, length);
    expect(await inspectFile(inspector, await write('parts.avi', bytes))).toMatchObject({ durationMs: 2000 });
  });
});

describe('OGG', () => {
  it('starts where it was cut out of a broadcast', async () => {
    const path = join(directory, 'whole.ogg');
    await runFfmpeg([
      '-f',
      'lavfi',
      '-i',
      'sine=d=12',
      '-c:a',
      'libvorbis',
      '-page_duration',
      '500000',
      path,
    ]);
    const bytes = await readFile(path);
    const pages: { start: number; granule: number }[] = [];
    for (let at = bytes.indexOf('OggS'); at >= 0; at = bytes.indexOf('OggS', at + 4)) {
      pages.push({ start: at, granule: Number(bytes.readBigInt64LE(at + 6)) });
    }
    const firstSound = pages.findIndex(({ granule }) => granule > 0);
    const middle = pages.findIndex(({ granule }) => granule > 6 * 44_100);
    const joined = Buffer.concat([
      bytes.subarray(0, pages[firstSound]?.start),
      bytes.subarray(pages[middle]?.start),
    ]);
    const expected = 12_000 - ((pages[middle - 1]?.granule ?? 0) / 44_100) * 1000;
    const facts = await inspectFile(inspector, await write('joined.ogg', joined));
    if (facts.type !== 'audio') throw new Error('It is no sound.');
    expect(Math.abs(facts.durationMs - expected)).toBeLessThan(50);
  });
});

describe('MP3', () => {
  it('is walked when its header speaks of another length than the file has', async () => {
    const { path } = await makeFixture('mp3', directory, { variant: 'variable-rate' });
    const one = await readFile(path);
    const joined = await write('joined.mp3', Buffer.concat([one, ...Array.from({ length: 9 }, () => one)]));
    const single = await headerMs(path);
    const facts = await inspectFile(inspector, joined);
    if (facts.type !== 'audio') throw new Error('It is no sound.');
    // Each part's own header frame plays as silence.
    expect(facts.durationMs).toBeGreaterThan(9.5 * (single ?? 0));
    expect(facts.durationMs).toBeLessThan(10.5 * (single ?? 0));
  });
});
