import { describe, expect, test } from 'vitest';
import { createRemembered } from '../src/delivery/remembered.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

function start(revision: number | null = 1) {
  const state = { revision, now: 0 };
  const remembered = createRemembered<string>({
    revision: () => state.revision,
    clock: { now: () => state.now },
  });
  return { state, ...remembered };
}

describe('what was found', () => {
  test('is remembered while nobody commits anything', async () => {
    const { find, learn } = start();
    expect(await learn('key', async () => 'found')).toBe('found');
    await nextTurn();
    expect(find('key')).toBe('found');
    expect(find('other')).toBeUndefined();
  });

  test('is forgotten with the next commit', async () => {
    const { state, find, learn } = start();
    await learn('key', async () => 'found');
    state.revision = 2;
    await nextTurn();
    expect(find('key')).toBeUndefined();
  });

  test('is forgotten after a second, since time changes things too', async () => {
    const { state, find, learn } = start();
    await learn('key', async () => 'found');
    state.now = 1000;
    expect(find('key')).toBeUndefined();
  });

  test('is not remembered when somebody committed while it was looked for, or when nobody can tell', async () => {
    const busy = start();
    await busy.learn('key', async () => {
      busy.state.revision = 2;
      await nextTurn();
      return 'found';
    });
    await nextTurn();
    expect(busy.find('key')).toBeUndefined();
    const blind = start(null);
    await blind.learn('key', async () => 'found');
    expect(blind.find('key')).toBeUndefined();
  });

  test('is not remembered when looking failed', async () => {
    const { find, learn } = start();
    await expect(learn('key', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(find('key')).toBeUndefined();
  });
});
