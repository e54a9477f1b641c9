import { expect, test } from 'vitest';
import type { Upload, UploadState } from './upload-queue.ts';
import { summarise } from './upload-summary.ts';

const upload = (id: string, size: number, state: UploadState): Upload => ({
  id,
  fileName: id,
  size,
  target: { clientId: 'c', campaignId: null, name: 'Northwind' },
  state,
});

test('progress counts bytes, not files, and leaves out what will not arrive', () => {
  const summary = summarise([
    upload('a', 900, { kind: 'sending', sent: 300 }),
    upload('b', 100, { kind: 'done', assetId: 'x', outcome: 'created' }),
    upload('c', 5000, { kind: 'refused', reason: 'Truncated.' }),
    upload('d', 5000, { kind: 'cancelled' }),
  ]);
  expect(summary).toEqual({ total: 4, done: 1, refused: 1, open: 1, progress: 0.4 });
});

test('an empty list is complete', () => {
  expect(summarise([]).progress).toBe(1);
});
