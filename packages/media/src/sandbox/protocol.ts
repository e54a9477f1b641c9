import type { RefusalCode } from '../refusal.ts';

/** The pixel formats, which are decoded to see that they are whole. */
export type RasterFormat = 'jpeg' | 'png' | 'webp' | 'gif';

interface Size {
  width: number;
  height: number;
}

interface Pages {
  pageCount: number | null;
}

/** `thumb`: at most 320 px on its longer edge, with a thumbhash. `large`: at most 1280 px. */
export type PictureSize = 'thumb' | 'large';

/** A picture on its way out of the sandbox: JSON is the only thing that is read of what a process sends. */
export interface SentPicture {
  /** Base64. */
  readonly webp: string;
  readonly width: number;
  readonly height: number;
  /** Base64; null for `large`. */
  readonly thumbhash: string | null;
}

/** One for each size that was asked for, in that order. */
interface Pictures {
  readonly pictures: readonly SentPicture[];
}

/** The formats whose words a sandbox process reads. */
export type ReadableFormat = 'pdf' | 'docx' | 'txt';

/** Characters of a document's words. */
export const longestWords = 200_000;

interface Sizes {
  readonly sizes: readonly PictureSize[];
}

/** What a task has to know beside the file's path. */
interface TaskInputs extends Record<TaskName, unknown> {
  picture: Sizes;
  /** The size browsers show the drawing at, in pixels: its proportions. */
  drawing: Sizes & Size;
  /** Page numbers start at 1. */
  page: Sizes & { readonly page: number };
  'text-cover': Sizes & { readonly format: 'txt' | 'docx' };
  words: { readonly format: ReadableFormat };
}

/** What a sandbox process can be asked about a file, and what it answers. */
interface TaskResults extends Record<RasterFormat, Size> {
  svg: Size;
  pdf: Pages;
  docx: Pages;
  doc: Pages;
  /** What a binary file of no format in the table is called, completing "This is …"; null when unknown. */
  name: { name: string | null };
  picture: Pictures;
  drawing: Pictures;
  page: Pictures;
  'text-cover': Pictures;
  words: { text: string };
}

export type TaskName = keyof TaskResults;
export type TaskResult<T extends TaskName = TaskName> = TaskResults[T];

export type TaskRequest<T extends TaskName = TaskName> = {
  readonly task: T;
  readonly path: string;
} & TaskInputs[T];

/** A request of any task, told apart by its name. */
export type AnyTaskRequest = { [T in TaskName]: TaskRequest<T> }[TaskName];

export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string }
  /** A parser threw what it does not document: the file is damaged in a way nobody foresaw. */
  | { readonly kind: 'failed'; readonly reason: string };
