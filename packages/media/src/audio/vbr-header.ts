import type { MpegFrame } from './mpeg-frame.ts';

/** What an encoder left in the first frame about the whole file: frames without this one, bytes with it. */
export interface VbrHeader {
  readonly frames: number | null;
  readonly bytes: number | null;
}

/** The Xing, Info or VBRI header in a frame, or null when the frame is an ordinary one. */
export function readVbrHeader(bytes: Buffer, frame: MpegFrame): VbrHeader | null {
  const sideInformation = frame.mpeg1 ? (frame.mono ? 17 : 32) : frame.mono ? 9 : 17;
  // A checksum after the header moves the side information, but encoders write the mark as if there were none.
  for (const at of [4 + sideInformation, 6 + sideInformation]) {
    const mark = bytes.toString('latin1', at, at + 4);
    if (mark === 'Xing' || mark === 'Info') return readXing(bytes, at);
  }
  if (bytes.toString('latin1', 36, 40) !== 'VBRI' || bytes.length < 54) return null;
  return { bytes: bytes.readUInt32BE(46), frames: bytes.readUInt32BE(50) };
}

function readXing(bytes: Buffer, at: number): VbrHeader {
  if (bytes.length < at + 16) return { frames: null, bytes: null };
  const flags = bytes.readUInt32BE(at + 4);
  const hasFrames = (flags & 1) !== 0;
  const hasBytes = (flags & 2) !== 0;
  const frames = hasFrames ? bytes.readUInt32BE(at + 8) : 0;
  const size = hasBytes ? bytes.readUInt32BE(at + (hasFrames ? 12 : 8)) : 0;
  return { frames: frames || null, bytes: size || null };
}
