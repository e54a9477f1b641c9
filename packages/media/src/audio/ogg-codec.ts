/** What an Ogg stream holds, from its first packet. */
export type OggCodec =
  | {
      readonly kind: 'audio';
      readonly name: string;
      /** Granule positions per second. */
      readonly rate: number;
      /** Samples at the start that are decoded and not played. */
      readonly preSkip: number;
      /** No packet decodes to more samples. */
      readonly longestPacket: number;
    }
  | { readonly kind: 'video'; readonly name: string }
  | { readonly kind: 'other' };

const startsWith = (packet: Buffer, text: string) => packet.toString('latin1', 0, text.length) === text;

export function readOggCodec(packet: Buffer): OggCodec {
  if (startsWith(packet, '\x01vorbis') && packet.length >= 29) {
    const longestPacket = 2 ** (packet.readUInt8(28) >> 4);
    return audio('Vorbis', { rate: packet.readUInt32LE(12), longestPacket });
  }
  if (startsWith(packet, 'OpusHead') && packet.length >= 12) {
    return audio('Opus', { rate: 48_000, preSkip: packet.readUInt16LE(10), longestPacket: 5760 });
  }
  if (startsWith(packet, '\x7fFLAC') && packet.length >= 30) {
    // 9 bytes of mapping, 'fLaC', a 4-byte block header, then STREAMINFO with the rate in 20 bits of its 10th byte on.
    return audio('FLAC', { rate: packet.readUIntBE(27, 3) >> 4, longestPacket: 65_535 });
  }
  if (startsWith(packet, 'Speex   ') && packet.length >= 40) {
    return audio('Speex', { rate: packet.readUInt32LE(36), longestPacket: 65_535 });
  }
  if (startsWith(packet, '\x80theora')) return { kind: 'video', name: 'Theora' };
  if (startsWith(packet, 'BBCD')) return { kind: 'video', name: 'Dirac' };
  if (startsWith(packet, '\x01video')) return { kind: 'video', name: 'OGM' };
  return { kind: 'other' };
}

function audio(
  name: string,
  { rate, preSkip = 0, longestPacket }: { rate: number; preSkip?: number; longestPacket: number },
): OggCodec {
  return { kind: 'audio', name, rate, preSkip, longestPacket };
}
