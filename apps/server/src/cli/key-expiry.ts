import { type Clock, invalidField, toTimestamp } from '@vitrine/core';
import { timestampSchema } from '@vitrine/schema';

const dayMs = 86_400_000;

/** `never` (null), a number of days from now, a date or a moment; otherwise `invalid_input`. */
export function keyExpiry(text: string, clock: Clock): string | null {
  if (text === 'never') return null;
  if (/^[1-9]\d{0,3}$/.test(text)) return toTimestamp(clock.now() + Number(text) * dayMs);
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) {
    throw invalidField(['--expires'], 'is a number of days, a date like 2027-01-31, or never');
  }
  return timestampSchema.parse(new Date(moment).toISOString());
}
