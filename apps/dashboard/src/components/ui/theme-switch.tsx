import { Monitor, Moon, Sun } from 'lucide-react';
import { setTheme, type Theme, useTheme } from '../../lib/theme.ts';
import { type Segment, Segmented } from './segmented.tsx';

const segments: readonly Segment<Theme>[] = [
  { id: 'system', label: 'System', icon: <Monitor size={15} aria-hidden /> },
  { id: 'light', label: 'Light', icon: <Sun size={15} aria-hidden /> },
  { id: 'dark', label: 'Dark', icon: <Moon size={15} aria-hidden /> },
];

export function ThemeSwitch() {
  return <Segmented label="Theme" segments={segments} value={useTheme()} onChange={setTheme} iconsOnly />;
}
