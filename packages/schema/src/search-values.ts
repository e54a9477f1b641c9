/** Bytes; people write sizes as their disks do, in thousands. */
const sizeUnits = { b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9, t: 1e12, tb: 1e12 } as const;
const durationUnits = { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000, h: 3_600_000 } as const;
const printedSizes = ['tb', 'gb', 'mb', 'kb', 'b'] as const;
const printedDurations = ['h', 'min', 's', 'ms'] as const;

function measure(text: string, units: Readonly<Record<string, number>>, defaultUnit: string): number | null {
  const [, digits, unit] = /^(\d{1,15}(?:\.\d{1,6})?)([a-z]*)$/i.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) return null;
  const factor = Object.hasOwn(units, unit.toLowerCase() || defaultUnit)
    ? units[unit.toLowerCase() || defaultUnit]
    : undefined;
  if (factor === undefined) return null;
  const value = Math.round(Number(digits) * factor);
  return Number.isSafeInteger(value) ? value : null;
}

/** `10mb`, `1.5 GB` without the space, `2048` (bytes) → bytes. */
export function parseSize(text: string): number | null {
  return measure(text, sizeUnits, 'b');
}

/** `30s`, `1.5min`, `500ms`, `90` (seconds), `1:30` → milliseconds. */
export function parseDuration(text: string): number | null {
  const [, minutes, seconds] = /^(\d{1,4}):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (minutes !== undefined) return (Number(minutes) * 60 + Number(seconds)) * 1000;
  return measure(text, durationUnits, 's');
}

/** `2026-01-31`, `2026-01` or `2026` → the beginning of that day, month or year in UTC, in milliseconds. */
export function parseDate(text: string): number | null {
  const [, year, month = '01', day = '01'] =
    /^(\d{4})(?:[-/.](\d{2})(?:[-/.](\d{2}))?)?$/.exec(text.trim()) ?? [];
  if (year === undefined) return null;
  const iso = `${year}-${month}-${day}`;
  const at = Date.parse(`${iso}T00:00:00.000Z`);
  // 31 February is read as 3 March.
  return Number.isFinite(at) && at >= 0 && printDate(at) === iso ? at : null;
}

const largest = <U extends string>(value: number, names: readonly U[], units: Readonly<Record<U, number>>) =>
  names.find((name) => value % units[name] === 0 && value >= units[name]) ?? names.at(-1);

export function printSize(bytes: number): string {
  const unit = largest(bytes, printedSizes, sizeUnits) ?? 'b';
  return `${bytes / sizeUnits[unit]}${unit}`;
}

export function printDuration(ms: number): string {
  const unit = largest(ms, printedDurations, durationUnits) ?? 'ms';
  return `${ms / durationUnits[unit]}${unit}`;
}

export function printDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
