import { useQuery } from '@tanstack/react-query';
import { type AudioAsset, peaksSchema } from '@vitrine/schema';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { ownPath } from '../../../../lib/own-path.ts';
import { useTheme } from '../../../../lib/theme.ts';

interface Waveform {
  container: RefObject<HTMLDivElement | null>;
  isReady: boolean;
  isPlaying: boolean;
  positionMs: number;
  toggle: () => void;
  seekBy: (seconds: number) => void;
}

const silence = [0, 0];

/** The theme's colours, as the canvas needs them: computed, not as variables. */
function waveColors(element: HTMLElement) {
  const computed = (variable: string) => {
    element.style.color = `var(${variable})`;
    return getComputedStyle(element).color;
  };
  const played = computed('--wave-played');
  return { waveColor: computed('--wave'), progressColor: played, cursorColor: played };
}

/** The loudness of each pixel, 0 to 1; undefined while it is on its way, flat when none could be made. */
function usePeaks({ id, version, waveformUrl, preview }: AudioAsset): number[] | undefined {
  const peaks = useQuery({
    queryKey: ['peaks', id, version],
    queryFn: async () => {
      const answer = await fetch(ownPath(waveformUrl ?? ''));
      const { data } = peaksSchema.parse(await answer.json());
      return data.map((value) => value / 128);
    },
    enabled: waveformUrl !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return peaks.data ?? (preview.state === 'failed' || peaks.isError ? silence : undefined);
}

/** Plays an audio asset and draws its sound into `container`. */
export function useWaveform(asset: AudioAsset, onBroken: () => void): Waveform {
  const container = useRef<HTMLDivElement>(null);
  const surfer = useRef<WaveSurfer | null>(null);
  const [isReady, setReady] = useState(false);
  const [isPlaying, setPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const broken = useEffectEvent(onBroken);
  const { url, durationMs } = asset;
  const peaks = usePeaks(asset);

  useEffect(() => {
    if (!container.current || !peaks) return;
    const media = new Audio();
    // What is drawn is there already: nothing of the sound itself is fetched until somebody wants to hear it.
    media.preload = 'none';
    media.src = ownPath(url);
    const wave = WaveSurfer.create({
      container: container.current,
      media,
      height: 'auto',
      barWidth: 3,
      barGap: 3,
      barRadius: 3,
      normalize: true,
      cursorWidth: 2,
      ...waveColors(container.current),
      // Ours: nothing is decoded in the browser, however long the sound is.
      peaks: [peaks],
      duration: durationMs / 1000,
    });
    surfer.current = wave;
    wave.on('ready', () => setReady(true));
    wave.on('play', () => setPlaying(true));
    wave.on('pause', () => setPlaying(false));
    wave.on('finish', () => setPlaying(false));
    wave.on('timeupdate', (seconds) => setPositionMs(seconds * 1000));
    wave.on('error', broken);
    return () => {
      surfer.current = null;
      wave.destroy();
      media.removeAttribute('src');
    };
  }, [url, durationMs, peaks]);

  const theme = useTheme();
  useEffect(() => {
    const recolor = () => container.current && surfer.current?.setOptions(waveColors(container.current));
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    if (isReady) recolor();
    system.addEventListener('change', recolor);
    return () => system.removeEventListener('change', recolor);
  }, [isReady, theme]);

  return {
    container,
    isReady,
    isPlaying,
    positionMs,
    toggle: () => void surfer.current?.playPause(),
    seekBy: (seconds) => surfer.current?.skip(seconds),
  };
}
