import type { AudioAsset } from '@vitrine/schema';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { ownPath } from '../../../../lib/own-path.ts';
import { useTheme } from '../../../../lib/theme.ts';
import { wavePeaks } from '../../wave-peaks.ts';

interface Waveform {
  container: RefObject<HTMLDivElement | null>;
  isReady: boolean;
  isPlaying: boolean;
  positionMs: number;
  toggle: () => void;
  seekBy: (seconds: number) => void;
}

// A larger file would be loaded whole, only to be drawn; it plays behind a stand-in for its waveform.
const drawnUpToBytes = 30_000_000;

/** The theme's colours, as the canvas needs them: computed, not as variables. */
function waveColors(element: HTMLElement) {
  const computed = (variable: string) => {
    element.style.color = `var(${variable})`;
    return getComputedStyle(element).color;
  };
  const played = computed('--wave-played');
  return { waveColor: computed('--wave'), progressColor: played, cursorColor: played };
}

/** Plays an audio asset and draws its sound into `container`. */
export function useWaveform(asset: AudioAsset, onBroken: () => void): Waveform {
  const container = useRef<HTMLDivElement>(null);
  const surfer = useRef<WaveSurfer | null>(null);
  const [isReady, setReady] = useState(false);
  const [isPlaying, setPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const broken = useEffectEvent(onBroken);
  const { id, url, size, durationMs } = asset;

  useEffect(() => {
    if (!container.current) return;
    const media = new Audio();
    media.preload = 'metadata';
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
      ...(size > drawnUpToBytes && {
        peaks: [wavePeaks(id, 160).map(({ height }) => height)],
        duration: durationMs / 1000,
      }),
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
  }, [id, url, size, durationMs]);

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
