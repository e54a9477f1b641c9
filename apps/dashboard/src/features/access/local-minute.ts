const two = (value: number) => String(value).padStart(2, '0');

/** A moment as a `datetime-local` field shows it: in the reader's time zone, to the minute. */
export function localMinute(moment: Date): string {
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** The moment that such a field means, as an ISO text in UTC; null while it is not filled in. */
export function momentOf(minute: string): string | null {
  const time = Date.parse(minute);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
