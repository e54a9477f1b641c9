import { z } from 'zod';
import { assetIdSchema } from './id.ts';

/** Where a page ends: the sort key (milliseconds) and the id that breaks ties. */
const positionSchema = z.tuple([z.int(), assetIdSchema]);
export interface PagePosition {
  readonly at: number;
  readonly id: z.output<typeof assetIdSchema>;
}

const toBase64Url = (text: string) =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const fromBase64Url = (text: string) => atob(text.replaceAll('-', '+').replaceAll('_', '/'));

/** Makes the opaque cursor that continues behind a row. */
export function encodeCursor(position: PagePosition): string {
  return toBase64Url(JSON.stringify([position.at, position.id]));
}

function decodeCursor(cursor: string): PagePosition | null {
  try {
    const [at, id] = positionSchema.parse(JSON.parse(fromBase64Url(cursor)));
    return { at, id };
  } catch {
    return null;
  }
}

/** An opaque cursor in, the position it stands for out. */
export const cursorSchema = z
  .string()
  .max(200)
  .transform((cursor, context) => {
    const position = decodeCursor(cursor);
    if (position) return position;
    context.addIssue({ code: 'custom', message: 'is not a cursor that this server made; begin without one' });
    return z.NEVER;
  });

export const maxPageSize = 100;
export const pageInputShape = {
  limit: z.int().min(1).max(maxPageSize).default(50),
  offset: z.int().min(0).default(0).describe('Rows to pass over; slow when large, a cursor is not.'),
  cursor: cursorSchema.optional().describe('`nextCursor` of the page before; instead of `offset`.'),
};

/** A page of a list. `total` is null where only counting every row could tell. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int().nonnegative().nullable(),
  });
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number | null;
}
