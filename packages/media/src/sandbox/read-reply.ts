import type { Reply, TaskName, TaskResult } from './protocol.ts';

const longestText = 2000;

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
};

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
