import { searchOrders } from '@vitrine/schema';
import { z } from 'zod';

/** What the address of a search says: the query as it was written, and the order. A search is kept by keeping its address. */
export const searchAddressSchema = z.object({
  q: z
    .union([z.string(), z.number().transform(String)])
    .transform((text) => text.trim().slice(0, 500) || undefined)
    .optional()
    .catch(undefined),
  order: z.enum(searchOrders).optional().catch(undefined),
});
export type SearchAddress = z.output<typeof searchAddressSchema>;
