import { z } from 'zod';
import { clientIdSchema } from './id.ts';

const limit = z.int().nonnegative().nullable();

/** How much a client may hold: its assets as the stats count them, so neither the trash nor older versions. Null: no limit. */
export const quotaSchema = z
  .strictObject({ maxBytes: limit.describe('Bytes.'), maxAssets: limit })
  .meta({ id: 'Quota' });
export type Quota = z.output<typeof quotaSchema>;

export const noQuota: Quota = { maxBytes: null, maxAssets: null };

export const clientSetQuotaInputSchema = z.object({
  id: clientIdSchema,
  maxBytes: limit.default(null),
  maxAssets: limit.default(null),
});
export type ClientSetQuotaInput = z.input<typeof clientSetQuotaInputSchema>;
