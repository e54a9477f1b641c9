import { spriteLayout } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { spriteCell } from './sprite-cell.ts';

const layout = spriteLayout({ width: 1920, height: 1080, durationMs: 60_000 });

test('the beginning shows the first frame and the end the last', () => {
  expect(spriteCell(layout, 0)).toEqual({ backgroundSize: '600% 400%', backgroundPosition: '0% 0%' });
  expect(spriteCell(layout, 1).backgroundPosition).toBe('100% 100%');
  expect(spriteCell(layout, 0.5).backgroundPosition).toMatch(/^0% 66\.6/);
});

test('a video of one frame has one cell', () => {
  const single = spriteLayout({ width: 100, height: 300, durationMs: 100 });
  expect(spriteCell(single, 0.7)).toEqual({ backgroundSize: '100% 100%', backgroundPosition: '0% 0%' });
});
