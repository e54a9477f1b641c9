import { z } from 'zod';

const countAndBytes = z.strictObject({ count: z.int().nonnegative(), bytes: z.int().nonnegative() });

/** How many assets and bytes a client or campaign holds, from counters that every write keeps. */
export const statsSchema = z
  .strictObject({
    count: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    byType: z.strictObject({
      image: countAndBytes,
      video: countAndBytes,
      audio: countAndBytes,
      document: countAndBytes,
    }),
  })
  .meta({ id: 'Stats', description: 'Assets (those in the trash not counted) and their bytes, by kind.' });
export type Stats = z.output<typeof statsSchema>;
