const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });

/** An ISO moment with its time, in the reader's time zone. */
export function formatMoment(iso: string): string {
  return moment.format(new Date(iso));
}
