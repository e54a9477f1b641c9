import { z } from 'zod';
import { cursorSchema, encodeCursor, type PagePosition } from './page.ts';

/** What a list of assets may be sorted by. */
export const assetSorts = ['newest', 'oldest', 'name', 'size', 'priority'] as const;
export const assetSortSchema = z.enum(assetSorts).meta({
  id: 'AssetSort',
  description:
    'Newest or oldest upload first; by name, where case and accents do not matter; largest first; or by priority, those without one last and newest first.',
});
export type AssetSort = z.output<typeof assetSortSchema>;

/** What comes behind every priority that there is. */
export const noPriority = 1_000_001;

/** Where a page of a sorted list ends; by time, the position says it all. */
export type AssetPosition = PagePosition &
  (
    | { readonly sort?: 'newest' | undefined }
    | { readonly sort: 'oldest' }
    | { readonly sort: 'name'; readonly key: string }
    | { readonly sort: 'size' | 'priority'; readonly key: number }
  );

const keySchema = z.discriminatedUnion('sort', [
  z.strictObject({ sort: z.literal('oldest') }),
  z.strictObject({ sort: z.literal('name'), key: z.string() }),
  z.strictObject({ sort: z.enum(['size', 'priority']), key: z.int() }),
]);

/** Makes the opaque cursor that continues behind a row of a sorted list; of one that is newest first, the plain one. */
export function encodeAssetCursor(position: AssetPosition): string {
  const plain = encodeCursor(position);
  if (!position.sort || position.sort === 'newest') return plain;
  const { at: _at, id: _id, ...key } = position;
  // Names are more than a cursor's letters.
  return `${plain}.${encodeURIComponent(JSON.stringify(key))}`;
}

function decode(cursor: string): AssetPosition | null {
  const [plain, ...rest] = cursor.split('.');
  const position = cursorSchema.safeParse(plain);
  if (!position.success) return null;
  if (rest.length === 0) return position.data;
  try {
    return { ...position.data, ...keySchema.parse(JSON.parse(decodeURIComponent(rest.join('.')))) };
  } catch {
    return null;
  }
}

/** An opaque cursor of a sorted list in, the position it stands for out. */
export const assetCursorSchema = z
  .string()
  .max(10_000)
  .transform((cursor, context) => {
    const position = decode(cursor);
    if (position) return position;
    context.addIssue({ code: 'custom', message: 'is not a cursor that this server made; begin without one' });
    return z.NEVER;
  });
