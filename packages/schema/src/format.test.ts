import { describe, expect, it } from 'vitest';
import {
  assetFormats,
  assetTypes,
  describeFormat,
  formatOfFileName,
  formatsOf,
  knownFormats,
  mimeTypeOf,
} from './index.ts';

describe('the format table', () => {
  it('knows the twenty formats of the contract, each once', () => {
    expect(assetFormats).toEqual([
      ...['jpg', 'jpeg', 'png', 'webp', 'gif', 'svg'],
      ...['mp4', 'webm', 'mov', 'avi', 'mkv'],
      ...['mp3', 'wav', 'ogg', 'aac', 'm4a'],
      ...['pdf', 'doc', 'docx', 'txt'],
    ]);
    expect(new Set(assetFormats).size).toBe(20);
    expect(assetTypes).toEqual(['image', 'video', 'audio', 'document']);
  });

  it('gives no extension to two formats, so a file name claims at most one', () => {
    const extensions = knownFormats.flatMap((format) => format.extensions);
    expect(extensions.filter((extension, index) => extensions.indexOf(extension) !== index)).toEqual([]);
  });

  it('writes every signature as whole bytes in hexadecimal', () => {
    for (const { format, signatures } of knownFormats) {
      for (const [, hex] of signatures.flat()) expect(hex, format).toMatch(/^([0-9a-f]{2})+$/);
    }
  });

  it('serves each format under its canonical MIME type', () => {
    expect(mimeTypeOf('jpeg')).toBe('image/jpeg');
    expect(mimeTypeOf('mov')).toBe('video/quicktime');
    expect(mimeTypeOf('m4a')).toBe('audio/mp4');
    expect(mimeTypeOf('docx')).toBe(
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    );
  });

  it('reads a file name’s claim without regard to case, and none where there is none', () => {
    expect(formatOfFileName('Holiday.JPEG')).toMatchObject({ type: 'image', format: 'jpeg' });
    expect(formatOfFileName('archive.tar.mkv')).toMatchObject({ type: 'video', format: 'mkv' });
    expect(formatOfFileName('README')).toBeNull();
    expect(formatOfFileName('setup.exe')).toBeNull();
    expect(formatOfFileName('ends.with.')).toBeNull();
  });

  it('lists the formats of a kind and describes each', () => {
    for (const type of assetTypes) {
      for (const format of formatsOf(type)) expect(describeFormat(format)).toMatchObject({ type, format });
    }
  });
});
