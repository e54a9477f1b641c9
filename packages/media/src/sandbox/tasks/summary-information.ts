const pageCountProperty = 14; // PIDSI_PAGECOUNT
const signedInteger = 3; // VT_I4

/** The page count in a SummaryInformation property set ([MS-OLEPS]); null when it is absent or not above 0. */
export function summaryPageCount(bytes: Buffer): number | null {
  if (bytes.length < 48 || bytes.readUInt16LE(0) !== 0xfffe) return null;
  const set = bytes.readUInt32LE(44);
  if (set + 8 > bytes.length) return null;
  const listed = bytes.readUInt32LE(set + 4);
  const count = Math.min(listed, Math.floor((bytes.length - set - 8) / 8));
  for (let index = 0; index < count; index++) {
    const entry = set + 8 + index * 8;
    if (bytes.readUInt32LE(entry) !== pageCountProperty) continue;
    const value = set + bytes.readUInt32LE(entry + 4);
    if (value + 8 > bytes.length || bytes.readUInt16LE(value) !== signedInteger) return null;
    const pages = bytes.readInt32LE(value + 4);
    return pages > 0 ? pages : null;
  }
  return null;
}
