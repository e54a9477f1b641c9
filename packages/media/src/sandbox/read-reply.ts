import { longestWords, type Reply, type SentPicture, type TaskName, type TaskResult } from './protocol.ts';

const longestText = 2000;
/** 3 MiB as base64: more than 1280 × 1280 px of noise take. */
const longestPicture = 4 * 1024 * 1024;
const largestEdge = 1280;
const mostPictures = 2;

/** A message of the sandbox as a reply, or null. A hostile file may have taken the process over: nothing is believed. */
export function readReply(message: unknown): Reply | null {
  if (!isRecord(message)) return null;
  const { kind, result, code, detail, reason } = message;
  if (kind === 'ready') return { kind };
  if (kind === 'done') return { kind, result };
  if (kind === 'failed' && isText(reason)) return { kind, reason };
  if (kind !== 'refused' || !isText(detail)) return null;
  return code === 'unsupported_format' || code === 'unreadable_media' ? { kind, code, detail } : null;
}

type ResultReaders = { readonly [T in TaskName]: (result: unknown) => TaskResult<T> | null };

/** Each task's result, checked; null when it is none. */
export const resultReaders: ResultReaders = {
  jpeg: readSize,
  png: readSize,
  webp: readSize,
  gif: readSize,
  svg: readSize,
  pdf: readPageCount,
  docx: readPageCount,
  doc: readPageCount,
  name: (result) =>
    isRecord(result) && (result['name'] === null || isText(result['name'])) ? { name: result['name'] } : null,
  picture: readPictures,
  drawing: readPictures,
  page: readPictures,
  'text-cover': readPictures,
  words: readWords,
};

function readWords(result: unknown): { text: string } | null {
  if (!isRecord(result)) return null;
  const { text } = result;
  return typeof text === 'string' && text.length <= longestWords ? { text } : null;
}

function readPictures(result: unknown): { pictures: SentPicture[] } | null {
  if (!isRecord(result) || !Array.isArray(result['pictures'])) return null;
  const sent: unknown[] = result['pictures'];
  if (sent.length === 0 || sent.length > mostPictures) return null;
  const pictures = sent.map(readPicture).filter((picture) => picture !== null);
  return pictures.length === sent.length ? { pictures } : null;
}

/** A whole picture is not parsed here, so it need not be one; but it is nothing else either, and no larger than it may be. */
function readPicture(picture: unknown): SentPicture | null {
  if (!isRecord(picture)) return null;
  const { webp, width, height, thumbhash } = picture;
  if (typeof webp !== 'string' || webp.length > longestPicture || !isWebp(webp)) return null;
  if (!isCount(width) || !isCount(height) || Math.max(width, height) > largestEdge) return null;
  if (thumbhash !== null && !isThumbhash(thumbhash)) return null;
  return { webp, width, height, thumbhash };
}

const isWebp = (base64: string) =>
  /^RIFF.{4}WEBPVP8[ LX]/s.test(Buffer.from(base64.slice(0, 24), 'base64').toString('latin1'));
const isThumbhash = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9+/]{6,60}={0,2}$/.test(value);

function readSize(result: unknown): { width: number; height: number } | null {
  if (!isRecord(result)) return null;
  const { width, height } = result;
  return isCount(width) && isCount(height) ? { width, height } : null;
}

function readPageCount(result: unknown): { pageCount: number | null } | null {
  if (!isRecord(result)) return null;
  const { pageCount } = result;
  return pageCount === null || isCount(pageCount) ? { pageCount } : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longestText;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
