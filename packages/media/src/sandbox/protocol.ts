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

/** What a sandbox process can be asked about a file, and what it answers. */
interface TaskResults extends Record<RasterFormat, Size> {
  svg: Size;
  pdf: Pages;
  docx: Pages;
  doc: Pages;
  /** What a binary file of no format in the table is called, completing "This is …"; null when unknown. */
  name: { name: string | null };
}

export type TaskName = keyof TaskResults;
export type TaskResult<T extends TaskName = TaskName> = TaskResults[T];

export interface TaskRequest<T extends TaskName = TaskName> {
  readonly task: T;
  readonly path: string;
}

export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string }
  /** A parser threw what it does not document: the file is damaged in a way nobody foresaw. */
  | { readonly kind: 'failed'; readonly reason: string };
