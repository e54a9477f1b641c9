import { expect, test } from 'vitest';
import { createTransferBuffers } from '../src/delivery/transfer-buffers.ts';

const [large, small] = [512 * 1024, 64 * 1024];

test('so many quick readers get large buffers, and the others and the slow ones small ones', () => {
  const buffers = createTransferBuffers({ large: 2 });
  expect(buffers.take('slow').length).toBe(small);
  const [first, second, third] = [buffers.take('quick'), buffers.take('quick'), buffers.take('quick')];
  expect([first.length, second.length, third.length]).toEqual([large, large, small]);
});

test('a buffer that was given back is lent again', () => {
  const buffers = createTransferBuffers({ large: 1 });
  const lent = buffers.take('quick');
  buffers.giveBack(lent);
  expect(buffers.take('quick')).toBe(lent);
});
