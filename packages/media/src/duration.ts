import { missingFact } from './refusal.ts';

/** Seconds as whole milliseconds. Anything that is not at least one millisecond is no duration, and is refused. */
export function durationInMs(label: string, seconds: number): number {
  const ms = Math.round(seconds * 1000);
  if (Number.isSafeInteger(ms) && ms >= 1) return ms;
  throw missingFact(label, { fact: 'duration', why: 'it holds nothing that plays' });
}
