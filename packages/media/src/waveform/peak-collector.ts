import type { Peaks } from '@vitrine/schema';

/** Longer ones say no more on any screen. */
const longest = 4096;
const wanted = 2048;
const silence = 128;
/** A pixel of fewer samples shows noise. */
const leastSamples = 16;

type Collected = Pick<Peaks, 'sample_rate' | 'samples_per_pixel' | 'length' | 'data'>;

export interface PeakCollector {
  begin(sampleRate: number): void;
  /** Eight bits each, with silence at 128. */
  take(samples: Uint8Array): void;
  /** Null when there was no sample. */
  end(): Collected | null;
}

/**
 * The lowest and highest sample of each pixel. The expected duration is only a guess at how many samples a pixel has: when more
 * come, two pixels become one, so memory is bounded whatever the file says of its length.
 */
export function createPeakCollector(expectedMs: number): PeakCollector {
  const lows = new Uint8Array(longest);
  const highs = new Uint8Array(longest);
  let sampleRate = 0;
  let perPixel = leastSamples;
  let length = 0;
  let low = 255;
  let high = 0;
  let inPixel = 0;

  function halve(): void {
    for (let at = 0; at < longest / 2; at += 1) {
      lows[at] = Math.min(lows[at * 2] ?? silence, lows[at * 2 + 1] ?? silence);
      highs[at] = Math.max(highs[at * 2] ?? silence, highs[at * 2 + 1] ?? silence);
    }
    length = longest / 2;
    perPixel *= 2;
  }

  function endPixel(): void {
    lows[length] = low;
    highs[length] = high;
    length += 1;
    low = 255;
    high = 0;
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
          const sample = samples[at] ?? silence;
          if (sample < low) low = sample;
          if (sample > high) high = sample;
        }
        if (inPixel >= perPixel) endPixel();
      }
    },
    end() {
      if (inPixel > 0) endPixel();
      if (length === 0) return null;
      const data = Array.from(
        { length: length * 2 },
        (_, index) => ((index % 2 === 0 ? lows : highs)[index >> 1] ?? silence) - silence,
      );
      return { sample_rate: sampleRate, samples_per_pixel: perPixel, length, data };
    },
  };
}
