const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });

/** An ISO moment as a day in the reader's time zone: `31 Jan 2026`. */
export function formatDay(iso: string): string {
  return day.format(new Date(iso));
}

/** An ISO moment with its time, in the reader's time zone. */
export function formatMoment(iso: string): string {
  return moment.format(new Date(iso));
}
