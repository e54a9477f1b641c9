const dayMs = 86_400_000;
let day = Number.NaN;
let prefix = '';

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);
const three = (value: number) => (value < 100 ? `0${two(value)}` : `${value}`);

/** The same as `toTimestamp`, at a quarter of its price: a list makes a hundred of them, most on a few days. */
export function toTimestamp(milliseconds: number): string {
  const dayOf = Math.floor(milliseconds / dayMs);
  if (dayOf !== day) {
    prefix = new Date(milliseconds).toISOString().slice(0, -13);
    day = dayOf;
  }
  const rest = milliseconds - dayOf * dayMs;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${prefix}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${three(rest % 1000)}Z`;
}
