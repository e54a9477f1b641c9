import { z } from 'zod';

/** A moment: ISO 8601 in UTC with milliseconds, e.g. `2026-01-31T09:30:00.000Z`. */
export const timestampSchema = z.iso.datetime({ precision: 3 }).describe('ISO 8601, UTC.');
