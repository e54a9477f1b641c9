import type { Peaks } from '@vitrine/schema';

/** Longer ones say no more on any screen. */
const longest = 4096;
const wanted = 2048;
/** A pixel of fewer samples shows noise. */
const leastSamples = 16;

type Collected = Pick<Peaks, 'sample_rate' | 'samples_per_pixel' | 'length' | 'data'>;

export interface PeakCollector {
  begin(sampleRate: number): void;
  take(samples: Int16Array): void;
  /** Null when there was no sample. */
  end(): Collected | null;
}

/**
 * The lowest and highest sample of each pixel. The expected duration is only a guess at how many samples a pixel has: when more
 * come, two pixels become one, so memory is bounded whatever the file says of its length.
 */
export function createPeakCollector(expectedMs: number): PeakCollector {
  const lows = new Int16Array(longest);
  const highs = new Int16Array(longest);
  let sampleRate = 0;
  let perPixel = leastSamples;
  let length = 0;
  let low = 32767;
  let high = -32768;
  let inPixel = 0;

  function halve(): void {
    for (let at = 0; at < longest / 2; at += 1) {
      lows[at] = Math.min(lows[at * 2] ?? 0, lows[at * 2 + 1] ?? 0);
      highs[at] = Math.max(highs[at * 2] ?? 0, highs[at * 2 + 1] ?? 0);
    }
    length = longest / 2;
    perPixel *= 2;
  }

  function endPixel(): void {
    lows[length] = low;
    highs[length] = high;
    length += 1;
    low = 32767;
    high = -32768;
    inPixel = 0;
    if (length === longest) halve();
  }

  return {
    begin(rate) {
      sampleRate = rate;
      perPixel = Math.max(leastSamples, Math.ceil(((expectedMs / 1000) * rate) / wanted));
    },
    take(samples) {
      let at = 0;
      while (at < samples.length) {
        const end = Math.min(samples.length, at + perPixel - inPixel);
        inPixel += end - at;
        for (; at < end; at += 1) {
          const sample = samples[at] ?? 0;
          if (sample < low) low = sample;
          if (sample > high) high = sample;
        }
        if (inPixel >= perPixel) endPixel();
      }
    },
    end() {
      if (inPixel > 0) endPixel();
      if (length === 0) return null;
      const data = Array.from({ length: length * 2 }, (_, index) =>
        // 16 bits to 8, as audiowaveform does.
        Math.floor(((index % 2 === 0 ? lows : highs)[index >> 1] ?? 0) / 256),
      );
      return { sample_rate: sampleRate, samples_per_pixel: perPixel, length, data };
    },
  };
}
