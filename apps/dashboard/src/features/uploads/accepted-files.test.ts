import { knownFormats } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { acceptedFiles } from './accepted-files.ts';

test('the file dialog offers every extension of the format table', () => {
  const accepted = acceptedFiles.split(',');
  expect(accepted).toEqual(
    expect.arrayContaining(knownFormats.flatMap(({ extensions }) => extensions.map((each) => `.${each}`))),
  );
  expect(accepted).not.toContain('.exe');
});
