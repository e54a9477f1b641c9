import { z } from 'zod';

/** The answer to a removal, in the origin's shape. */
export const removedSchema = z
  .strictObject({ success: z.literal(true), message: z.string() })
  .meta({ id: 'Removed' });
export type Removed = z.output<typeof removedSchema>;
