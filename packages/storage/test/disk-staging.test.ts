import { once } from 'node:events';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { type ClientRequest, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { StagedBlob } from '@vitrine/core';
import { expect, test } from 'vitest';
import { createDiskStaging } from '../src/disk-staging.ts';
import { createFaultyFileSystem, type Faults } from './faulty-file-system.ts';
import { runProgram } from './run-program.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const mebibyte = 1024 * 1024;
const maxBytes = 256 * mebibyte;

async function stagingWith(faults: Faults = {}, minFreeBytes = 0) {
  const parent = await temporaryDirectory();
  const directory = join(parent.path, 'staging');
  const fs = createFaultyFileSystem(faults);
  const staging = await createDiskStaging({ directory, minFreeBytes, fs });
  return { staging, directory, fs, [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose]() };
}

function bytesFrom(size: number): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < size; at += 65_536) yield Buffer.alloc(Math.min(65_536, size - at), 7);
    })(),
    { objectMode: false },
  );
}

test('the directory and the files in it are for their owner alone', async () => {
  await using fixture = await stagingWith();
  const staged = await fixture.staging.receive(bytesFrom(10), { maxBytes });
  expect((await stat(fixture.directory)).mode & 0o777).toBe(0o700);
  expect((await stat(staged.path)).mode & 0o777).toBe(0o600);
});

test('a received file has been synced', async () => {
  await using fixture = await stagingWith();
  const staged = await fixture.staging.receive(bytesFrom(10), { maxBytes });
  expect(fixture.fs.calls).toEqual([`sync ${staged.path}`]);
});

test('a failing fsync is final: called once, told, and the file removed', async () => {
  await using fixture = await stagingWith({ sync: 'EIO' });
  const receiving = fixture.staging.receive(bytesFrom(10), { maxBytes });
  await expect(receiving).rejects.toMatchObject({ code: 'EIO' });
  expect(fixture.fs.calls.length).toBe(1);
  expect(await readdir(fixture.directory)).toEqual([]);
});

test('a quota that is used up is a full storage', async () => {
  await using fixture = await stagingWith({ write: { code: 'EDQUOT', afterBytes: 0 } });
  const receiving = fixture.staging.receive(bytesFrom(10), { maxBytes });
  await expect(receiving).rejects.toMatchObject({ code: 'storage_full' });
  expect(await readdir(fixture.directory)).toEqual([]);
});

test('below the floor of free space nothing is received', async () => {
  await using fixture = await stagingWith({ free: 999 }, 1000);
  const source = bytesFrom(10);
  await expect(fixture.staging.receive(source, { maxBytes })).rejects.toMatchObject({ code: 'storage_full' });
  expect(source.destroyed).toBe(true);
  expect(await readdir(fixture.directory)).toEqual([]);
  fixture.fs.faults.free = 1000;
  expect((await fixture.staging.receive(bytesFrom(10), { maxBytes })).size).toBe(10);
});

test('a transfer that takes the free space below the floor is ended', async () => {
  await using fixture = await stagingWith({ free: 1000 }, 1000);
  let sent = 0;
  const source = Readable.from(
    (function* () {
      for (; sent < 200 * mebibyte; sent += 65_536) {
        if (sent > mebibyte) fixture.fs.faults.free = 999;
        yield Buffer.alloc(65_536);
      }
    })(),
    { objectMode: false },
  );
  await expect(fixture.staging.receive(source, { maxBytes })).rejects.toMatchObject({ code: 'storage_full' });
  expect(sent).toBeLessThan(64 * mebibyte);
  expect(await readdir(fixture.directory)).toEqual([]);
});

test('writes that take only a part are continued', async () => {
  await using fixture = await stagingWith({ shortWrites: 10_007 });
  const staged = await fixture.staging.receive(bytesFrom(600_000), { maxBytes });
  expect((await readFile(staged.path)).equals(Buffer.alloc(600_000, 7))).toBe(true);
});

test('when the file cannot be removed either, the first error is the one that is told', async () => {
  await using fixture = await stagingWith({ sync: 'EIO', unlink: 'EPERM' });
  const receiving = fixture.staging.receive(bytesFrom(10), { maxBytes });
  await expect(receiving).rejects.toMatchObject({ code: 'EIO' });
  delete fixture.fs.faults.unlink;
  await wait(5);
  expect(await fixture.staging.sweep(0)).toBe(1);
});

test('a sweep removes old leftovers and neither young ones nor files of others', async () => {
  await using fixture = await stagingWith();
  const old = join(fixture.directory, `${crypto.randomUUID()}.part`);
  const young = join(fixture.directory, `${crypto.randomUUID()}.part`);
  const foreign = join(fixture.directory, 'notes.txt');
  for (const path of [old, young, foreign]) await writeFile(path, 'x');
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const path of [old, foreign]) await utimes(path, hourAgo, hourAgo);
  expect(await fixture.staging.sweep(60_000)).toBe(1);
  expect(new Set(await readdir(fixture.directory))).toEqual(
    new Set([young, foreign].map((path) => path.slice(fixture.directory.length + 1))),
  );
});

test('a source that fails before it is read is told, not thrown into the process', async () => {
  await using fixture = await stagingWith();
  const source = new PassThrough();
  const receiving = fixture.staging.receive(source, { maxBytes });
  const reason = new Error('gone');
  source.destroy(reason);
  await expect(receiving).rejects.toBe(reason);
  expect(await readdir(fixture.directory)).toEqual([]);
});

/** A server that stages every request's body, and the client's request to it. */
async function uploadOverHttp(
  receive: (body: Readable) => Promise<StagedBlob>,
  send: (upload: ClientRequest) => void,
): Promise<PromiseSettledResult<StagedBlob>> {
  const { promise, resolve } = Promise.withResolvers<PromiseSettledResult<StagedBlob>>();
  const server = createServer(async (incoming, answer) => {
    const [result] = await Promise.allSettled([receive(incoming)]);
    resolve(result);
    answer.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const upload = request({ port, host: '127.0.0.1', method: 'POST' }, (answer) => answer.resume());
  upload.on('error', () => {});
  send(upload);
  const result = await promise;
  upload.destroy();
  server.close();
  return result;
}

test("a request's body is received whole", async () => {
  await using fixture = await stagingWith();
  const result = await uploadOverHttp(
    (body) => fixture.staging.receive(body, { maxBytes }),
    (upload) => bytesFrom(5_000_003).pipe(upload),
  );
  expect(result).toMatchObject({ status: 'fulfilled', value: { size: 5_000_003 } });
});

test('a client that hangs up in the middle leaves nothing', async () => {
  await using fixture = await stagingWith();
  const result = await uploadOverHttp(
    (body) => fixture.staging.receive(body, { maxBytes }),
    (upload) => {
      upload.write(Buffer.alloc(700_000));
      setTimeout(() => upload.destroy(), 20);
    },
  );
  expect(result.status).toBe('rejected');
  expect(await readdir(fixture.directory)).toEqual([]);
});

test('kill -9 in the middle leaves one staging file, and a sweep of the next process removes it', async () => {
  await using parent = await temporaryDirectory();
  const directory = join(parent.path, 'staging');
  const program = runProgram('receive-forever.ts', directory);
  const exited = once(program, 'exit');
  await expect.poll(() => bytesIn(directory), { timeout: 20_000 }).toBeGreaterThan(0);
  program.kill('SIGKILL');
  await exited;
  expect((await readdir(directory)).length).toBe(1);
  const staging = await createDiskStaging({ directory });
  expect(await staging.sweep(3_600_000)).toBe(0);
  expect(await staging.sweep(0)).toBe(1);
  expect(await readdir(directory)).toEqual([]);
});

async function bytesIn(directory: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(directory).catch(() => []))
    bytes += (await stat(join(directory, name))).size;
  return bytes;
}

async function growthWhileReceiving(directory: string): Promise<number> {
  const program = runProgram('receive-and-measure.ts', directory, String(maxBytes));
  const exited = once(program, 'exit');
  let output = '';
  for await (const piece of program.stdout ?? []) output += piece;
  expect(await exited).toEqual([0, null]);
  return Number(output);
}

test('receiving 256 MB takes at most 32 MB of memory', async () => {
  await using parent = await temporaryDirectory();
  expect(await growthWhileReceiving(parent.path)).toBeLessThan(32 * mebibyte);
});
