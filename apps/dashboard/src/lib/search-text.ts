import { z } from 'zod';

/** A text in the address. The router reads `?q=2024` as a number; it was typed as text. */
export const searchText = z
  .union([z.string(), z.number().transform(String)])
  .transform((text) => text.trim().slice(0, 200) || undefined)
  .optional()
  .catch(undefined);
