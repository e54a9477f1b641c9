const longest = 255;

/**
 * The name that an uploaded file gives its asset: the last part of whatever path was sent, in NFC, without control
 * characters, at most 255 characters with the extension kept.
 */
export function assetNameOf(fileName: string): string {
  const base = fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const characters = [...base.replace(/\p{Cc}/gu, '').trim()];
  if (characters.length === 0) return 'untitled';
  if (characters.length <= longest) return characters.join('');
  const dot = characters.lastIndexOf('.');
  const extension = dot > 0 && characters.length - dot <= 16 ? characters.slice(dot) : [];
  return [...characters.slice(0, longest - extension.length), ...extension].join('');
}
