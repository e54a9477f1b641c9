import { type AssetType, formatOfFileName } from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import type { Inspection } from '../ports/media-inspector.ts';

/** The bytes decide the kind; a declared type or an extension that says another kind is refused with `type_mismatch`. */
export function checkType(
  inspection: Inspection,
  claims: { type: AssetType | undefined; fileName: string },
): void {
  const found = `The bytes are ${inspection.format.toUpperCase()}, which is of the kind '${inspection.type}'`;
  if (claims.type && claims.type !== inspection.type) {
    throw new AppError(
      'type_mismatch',
      `${found}, but 'type' says '${claims.type}'. Leave 'type' out or send the right file.`,
    );
  }
  const named = formatOfFileName(claims.fileName);
  if (named && named.type !== inspection.type) {
    throw new AppError(
      'type_mismatch',
      `${found}, but the file is named '.${named.extensions[0]}' like one of the kind '${named.type}'. Rename it or send the right file.`,
    );
  }
}
