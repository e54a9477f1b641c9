import { checksumAlgorithms, invalidField, type PieceChecksum } from '@vitrine/core';

const digestBytes = { sha1: 20, sha256: 32 } as const satisfies Record<
  (typeof checksumAlgorithms)[number],
  number
>;

/** The `Upload-Checksum` of a piece; undefined when none came. Fails with `invalid_input`. */
export function checksumOf(header: string | undefined): PieceChecksum | undefined {
  if (header === undefined) return undefined;
  const [name, text = ''] = header.split(' ');
  const algorithm = checksumAlgorithms.find((known) => known === name);
  if (!algorithm) {
    throw invalidField(['Upload-Checksum'], `begins with one of ${checksumAlgorithms.join(', ')}`);
  }
  const digest = Buffer.from(text, 'base64');
  if (digest.length !== digestBytes[algorithm]) {
    throw invalidField(
      ['Upload-Checksum'],
      `needs ${digestBytes[algorithm]} bytes in Base64 behind ${algorithm}`,
    );
  }
  return { algorithm, digest };
}
