import { missingFact, type Refusal, truncated } from '../../refusal.ts';

/** What libvips says about a picture, in words for its owner. */
export function rasterRefusal(label: string, error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  if (/premature end|truncated|unexpected end|end of stream|read error|not enough data|eof/i.test(reason)) {
    return truncated(label, 'its pixels end early');
  }
  return missingFact(label, { fact: 'pixels', why: 'they are damaged', cause: error });
}
