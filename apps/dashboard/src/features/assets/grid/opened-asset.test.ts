import { expect, test } from 'vitest';
import { rememberOpened, takeOpened } from './opened-asset.ts';

test('a grid is told once which asset it was left for, and only that grid', () => {
  rememberOpened('/clients/a?type=video', 'asset-1');
  expect(takeOpened('/clients/a')).toBeNull();
  expect(takeOpened('/clients/a?type=video')).toBe('asset-1');
  expect(takeOpened('/clients/a?type=video')).toBeNull();
});
