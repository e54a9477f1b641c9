import type { LegacyTable } from '@vitrine/schema';
import { v5 } from 'uuid';

/** Ids that are made of old ones lie in a namespace of their own, so that a second run makes the same. */
const namespace = '6f1d5f0c-7a39-4b53-9d52-3c6b8f0e9a11';

const uuid = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

/** A UUID in the way Vitrine writes it, or null for a text that is none. */
export function asUuid(text: string): string | null {
  const parts = uuid.exec(text.trim());
  return parts ? parts.slice(1).join('-').toLowerCase() : null;
}

/** The id of what a row becomes: its own where that is a UUID, otherwise one that follows from it. */
export function idOfLegacy(table: LegacyTable, key: string): string {
  return asUuid(key) ?? v5(`${table}:${key.trim()}`, namespace);
}

/** An id for a row whose own is taken. */
export function otherIdOfLegacy(table: LegacyTable, key: string): string {
  return v5(`${table}:${key}:again`, namespace);
}
