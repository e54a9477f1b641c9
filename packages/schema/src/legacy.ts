import { z } from 'zod';
import { clientIdSchema } from './id.ts';

/** The tables that the system before Vitrine kept its library in, over all its generations. */
export const legacyTables = [
  'users',
  'clients',
  'campaigns',
  'assets',
  'asset_blobs',
  'uploaded_assets',
  'client_assets',
  'campaign_assets',
] as const;
export const legacyTableSchema = z.enum(legacyTables);
export type LegacyTable = z.output<typeof legacyTableSchema>;

/**
 * What became of a row: it is in the library (`imported`), it is the same as something that was there (`merged`), its bytes are no asset
 * and are kept as they are (`quarantined`), or its bytes were not found (`missing_bytes`).
 */
export const legacyOutcomes = ['imported', 'merged', 'quarantined', 'missing_bytes'] as const;
export const legacyOutcomeSchema = z.enum(legacyOutcomes);
export type LegacyOutcome = z.output<typeof legacyOutcomeSchema>;

/** What is worth knowing of how a row was taken over. `old` and `new` are of the field that it is about. */
export const legacyNoteSchema = z.strictObject({
  code: z.enum([
    'id_changed',
    'owner_missing',
    'client_missing',
    'campaign_missing',
    'campaign_of_other_client',
    'corrected',
    'not_understood',
    'password_unusable',
    'email_changed',
    'role_given',
    'same_as',
    'several_files',
    'bytes_differ',
    'bytes_missing',
    'bytes_refused',
    'unreferenced',
    'changed_since',
  ]),
  field: z.string().nullable(),
  old: z.unknown(),
  new: z.unknown(),
  /** In words. */
  text: z.string(),
});
export type LegacyNote = z.output<typeof legacyNoteSchema>;

/** The client that keeps what came without one, until somebody says whose it is. There is one at most. */
export const unassignedClientId = clientIdSchema.parse('00000000-0000-4000-8000-756e61737367');
