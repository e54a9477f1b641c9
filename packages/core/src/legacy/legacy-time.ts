import { note, type Understood } from './note.ts';

const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** Later ones are nonsense: a library of pictures has none of the year 10000. */
const last = Date.UTC(9999, 11, 31);

function parse(text: string): number | null {
  const parts = written.exec(text.trim());
  if (!parts) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  // JavaScript takes 31 February for 3 March.
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number.isNaN(at) || at < 0 || at > last || real.getUTCDate() !== Number(day) ? null : at;
}

function read(value: unknown): number | null {
  if (typeof value === 'string') return parse(value);
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null;
  // Seconds or milliseconds since 1970: the same number of seconds would lie in the year 5138.
  const at = Math.round(value < 1e11 ? value * 1000 : value);
  return at > last ? null : at;
}

/**
 * A moment, in milliseconds. The old system wrote `YYYY-MM-DD HH:MM:SS` in UTC and without a zone. What is none becomes `otherwise`.
 */
export function understandTime(value: unknown, field: string, otherwise: number): Understood<number> {
  const at = read(value);
  if (at !== null) return { value: at, notes: [] };
  if (value === null || value === undefined || value === '') return { value: otherwise, notes: [] };
  const words = `'${field}' is no moment; another one stands in for it`;
  return { value: otherwise, notes: [note('not_understood', words, { field, old: value })] };
}
