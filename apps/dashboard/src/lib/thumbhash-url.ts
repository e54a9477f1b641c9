import { thumbHashToDataURL } from 'thumbhash';

// A screenful many times over; decoding again costs a tenth of a millisecond.
const kept = 400;
const urls = new Map<string, string | null>();

// The five bytes that every thumbhash begins with; not every engine's arithmetic fails on fewer.
const shortest = 5;

function decode(thumbhash: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0));
    return bytes.length < shortest ? null : thumbHashToDataURL(bytes);
  } catch {
    return null;
  }
}

/** A thumbhash (base64) as a `data:` picture of at most 32 px; null for a text that is none. */
export function thumbhashUrl(thumbhash: string): string | null {
  const known = urls.get(thumbhash);
  if (known !== undefined) return known;
  const url = decode(thumbhash);
  if (urls.size >= kept) urls.clear();
  urls.set(thumbhash, url);
  return url;
}
