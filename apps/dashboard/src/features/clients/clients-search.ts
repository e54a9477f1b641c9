import { z } from 'zod';
import { searchText } from '../../lib/search-text.ts';

/** What the address of the clients page says: the words searched for, and whether archived clients show. */
export const clientsSearchSchema = z.object({
  q: searchText,
  archived: z.boolean().optional().catch(undefined),
});
