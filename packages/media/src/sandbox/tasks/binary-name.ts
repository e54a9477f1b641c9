import { fileTypeFromBuffer } from 'file-type';
import { ByteSource } from '../../byte-source.ts';

/** Names for what people try most; everything else is named by its extension and MIME type. */
const friendlyNames: Readonly<Record<string, string>> = {
  'image/tiff': 'a TIFF picture',
  'image/bmp': 'a BMP picture',
  'image/x-icon': 'an icon file (ICO)',
  'image/vnd.adobe.photoshop': 'a Photoshop document (PSD)',
  'image/jxl': 'a JPEG XL picture',
  'audio/flac': 'a FLAC file',
  'audio/amr': 'an AMR recording',
  'audio/aiff': 'an AIFF file',
  'audio/midi': 'a MIDI file',
  'video/mp2t': 'an MPEG transport stream (TS)',
  'video/mpeg': 'an MPEG programme stream (MPG)',
  'video/x-flv': 'a Flash video (FLV)',
  'video/x-ms-asf': 'a Windows Media file (WMV or WMA)',
  'application/x-elf': 'a Linux program (ELF)',
  'application/x-msdownload': 'a Windows program (EXE)',
  'application/x-mach-binary': 'a macOS program (Mach-O)',
  'application/wasm': 'a WebAssembly program',
  'application/java-vm': 'a Java class',
  'application/gzip': 'a gzip archive',
  'application/x-tar': 'a tar archive',
  'application/x-7z-compressed': 'a 7-Zip archive',
  'application/x-rar-compressed': 'a RAR archive',
  'application/zip': 'a ZIP archive',
};

/** Names a binary file that is of no format in the table, by its first 64 KiB. */
export async function readBinaryName(path: string): Promise<{ name: string | null }> {
  await using source = await ByteSource.open(path, Number.POSITIVE_INFINITY);
  const head = await source.read(0, 64 * 1024);
  const early = ownName(head);
  if (early) return { name: early };
  const type = await fileTypeFromBuffer(new Uint8Array(head)).catch(() => undefined);
  if (!type) return { name: null };
  const mime = type.mime.split(';')[0] ?? type.mime;
  return { name: friendlyNames[mime] ?? `a ${type.ext.toUpperCase()} file (${mime})` };
}

/** What file-type does not know or tells late: layers I and II of MPEG audio, Java classes beside fat Mach-O binaries. */
function ownName(head: Buffer): string | null {
  const magic = head.length >= 8 ? head.readUInt32BE(0) : 0;
  if (magic === 0xcafebabe) {
    // A class has its version here (45 and up), a universal binary its number of architectures.
    return head.readUInt32BE(4) > 40 ? 'a Java class' : 'a macOS program (Mach-O)';
  }
  if ([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe].includes(magic)) return 'a macOS program (Mach-O)';
  if (magic === 0x52494658) return 'a big-endian WAV file (RIFX)';
  if (magic === 0x3026b275) return 'a Windows Media file (WMV or WMA)';
  if (head.toString('latin1', 0, 2) === 'MZ') return 'a Windows program (EXE)';
  if (head.toString('latin1', 0, 5) === '{\\rtf') return 'an RTF document';
  const utf16 =
    head.length >= 8 &&
    head.subarray(0, 8).filter((byte, index) => index % 2 === 1 && byte === 0).length === 4;
  return utf16 && isPrintable(head[0]) ? 'UTF-16 text without a byte order mark; save it as UTF-8' : null;
}

const isPrintable = (byte: number | undefined) => byte !== undefined && byte >= 0x20 && byte < 0x7f;
