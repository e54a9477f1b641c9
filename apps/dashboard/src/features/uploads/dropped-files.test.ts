import { expect, test } from 'vitest';
import { isWanted } from './dropped-files.ts';

test.each(['.DS_Store', 'Thumbs.db', 'desktop.ini', '._photo.jpg'])('%s is left in its folder', (name) => {
  expect(isWanted(name)).toBe(false);
});

test.each(['photo.jpg', 'notes', '.hidden-but-mine.txt'])('%s is uploaded', (name) => {
  expect(isWanted(name)).toBe(true);
});
