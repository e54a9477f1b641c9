import { clientIdSchema } from '@vitrine/schema';
import { z } from 'zod';

/** What the address of the trash says: whose it is; left out: everybody's. */
export const trashSearchSchema = z.object({ client: clientIdSchema.optional().catch(undefined) });
