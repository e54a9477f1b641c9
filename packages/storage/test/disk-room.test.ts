import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDiskRoom } from '../src/disk-room.ts';
import { createFaultyFileSystem, type Faults } from './faulty-file-system.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const reserveBytes = 1_500_000;
const minFreeBytes = 10_000_000;

async function roomWith(faults: Faults = {}) {
  const parent = await temporaryDirectory();
  const fs = createFaultyFileSystem(faults);
  const room = createDiskRoom({ directory: parent.path, minFreeBytes, reserveBytes, fs });
  return {
    room,
    fs,
    path: join(parent.path, 'reserve'),
    [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose](),
  };
}

test('the reserve is made once, holds real blocks, is synced, and is for its owner alone', async () => {
  await using fixture = await roomWith();
  expect(await fixture.room.refill()).toBe(true);
  const { size, blocks, mode } = await stat(fixture.path);
  expect(size).toBe(reserveBytes);
  expect(blocks * 512).toBeGreaterThanOrEqual(reserveBytes);
  expect(mode & 0o777).toBe(0o600);
  expect(fixture.fs.calls).toEqual([`sync ${fixture.path}`]);
  expect(await fixture.room.refill()).toBe(false);
  expect(await fixture.room.look()).toMatchObject({
    short: false,
    reservedBytes: reserveBytes,
    reserveBytes,
  });
});

test('the reserve is given up once', async () => {
  await using fixture = await roomWith();
  await fixture.room.refill();
  expect(await fixture.room.giveUp()).toBe(true);
  expect(existsSync(fixture.path)).toBe(false);
  expect(await fixture.room.giveUp()).toBe(false);
});

test('the reserve is not made from room that uploads need, nor at the edge of it', async () => {
  await using fixture = await roomWith({ free: minFreeBytes + 2 * reserveBytes - 1 });
  expect(await fixture.room.refill()).toBe(false);
  fixture.fs.faults.free = minFreeBytes + 2 * reserveBytes;
  expect(await fixture.room.refill()).toBe(true);
});

test('room is short below the floor, and not at it', async () => {
  await using fixture = await roomWith({ free: minFreeBytes - 1 });
  expect(await fixture.room.look()).toMatchObject({ short: true, freeBytes: minFreeBytes - 1 });
  fixture.fs.faults.free = minFreeBytes;
  expect(await fixture.room.look()).toMatchObject({ short: false });
});

test('a reserve that cannot be written whole leaves nothing behind', async () => {
  await using fixture = await roomWith({ write: { code: 'ENOSPC', afterBytes: 1_000_000 } });
  await expect(fixture.room.refill()).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(existsSync(fixture.path)).toBe(false);
});

test('before a database is opened, the reserve goes only if there is next to nothing else', async () => {
  await using fixture = await roomWith();
  await fixture.room.refill();
  fixture.fs.faults.free = 2 * 1024 * 1024;
  expect(await fixture.room.giveUpIfFull()).toBe(false);
  fixture.fs.faults.free = 4096;
  expect(await fixture.room.giveUpIfFull()).toBe(true);
  expect(existsSync(fixture.path)).toBe(false);
});
