import { createHash } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ServiceDependencies } from '@vitrine/core';
import { assetSchema, problemSchema } from '@vitrine/schema';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formOf, smallPng } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer } from '../start-server.ts';
import { tusBy } from '../tus-client.ts';
import { wavChunks } from '../wav-stream.ts';
import { createFailingFileSystem, type Fault } from './failing-file-system.ts';

/** Every so many calls one fails; by command each. */
const step = Number(process.env['VITRINE_IO_FAULTS_STEP'] ?? 3);
const seed = Number(process.env['VITRINE_IO_FAULTS_SEED'] ?? 1);
const faults: readonly Fault[] = ['EIO', 'ENOSPC', 'short'];
const hourMs = 3600_000;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a file-system call that fails', () => {
  const fs = createFailingFileSystem();
  /** Every asset that was acknowledged, with the hash of what was sent. */
  const journal = new Map<string, string>();
  let server: TestServer;
  let parts: ServiceDependencies;
  let clientId: string;
  let turn = seed * 100_000;
  let offset = 0;

  beforeAll(async () => {
    server = await startServer(
      { VITRINE_BLOB_INLINE_MAX: '0', VITRINE_MIN_FREE_BYTES: '0', VITRINE_COLLECT_HOURS: '1' },
      {
        fs,
        clock: { now: () => Date.now() + offset },
        dependencies: (real) => {
          parts = real;
          return real;
        },
      },
    );
    clientId = await server.create('/api/clients', { name: 'Northwind' });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  function sound(bytes = 600_000): Buffer {
    turn += 1;
    return Buffer.concat([...wavChunks(bytes, createHash('sha512').update(`${turn}`).digest())]);
  }
  const send = (bytes: Buffer, fields: Record<string, string> = {}, fileName = `${turn}.wav`) =>
    server.request('/api/v2/upload-asset', {
      method: 'POST',
      body: formOf([
        { name: 'clientId', value: clientId },
        ...Object.entries(fields).map(([name, value]) => ({ name, value })),
        { name: 'file', value: bytes, fileName },
      ]),
    });
  /** Notes what was acknowledged; what was not must be a fault of the server's, in our words. */
  async function settled(answer: Response, bytes: Buffer): Promise<string | null> {
    if (answer.ok) {
      const asset = assetSchema.parse(await answer.json());
      expect(asset.sha256).toBe(sha256(bytes));
      journal.set(asset.id, asset.sha256);
      return asset.id;
    }
    await expectFault(answer);
    return null;
  }
  async function expectFault(answer: Response): Promise<void> {
    const { status, code } = problemSchema.parse(await answer.json());
    expect(status).toBeGreaterThanOrEqual(500);
    expect([answer.status, code]).toEqual([status, status === 507 ? 'storage_full' : 'internal']);
  }
  async function isServed(id: string): Promise<boolean> {
    const answer = await server.request(`/api/v2/assets/${id}`);
    return answer.ok && sha256(new Uint8Array(await answer.arrayBuffer())) === journal.get(id);
  }
  /** Handles of files below the data folder that nobody closed. */
  const openFiles = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return /\/(staging|blobs|quarantine)\//.test(
          readlinkSync(`/proc/self/fd/${fd}`).replace(server.dataDir, ''),
        );
      } catch {
        return false;
      }
    });

  /** Runs the scenario again and again, another call of its failing each time, until there are no more calls. */
  async function sweep(prepare: () => Promise<(fault: Fault) => Promise<void>>): Promise<number> {
    let struck = 0;
    for (const fault of faults) {
      for (let number = 1 + (seed % step); ; number += step) {
        const run = await prepare();
        fs.arm(fault, number);
        await run(fault);
        const failed = fs.disarm();
        if (!failed) break;
        struck += 1;
      }
    }
    return struck;
  }

  afterEach(async () => {
    fs.disarm();
    for (const id of journal.keys()) expect([id, await isServed(id)]).toEqual([id, true]);
    await parts.staging.sweep(0);
    offset += 48 * hourMs;
    await server.composition.services.resumable.prune();
    for (const id of await parts.partials.list(0)) await parts.partials.remove(id);
    expect(await readdir(path.join(server.dataDir, 'staging'))).toEqual([]);
    expect(fs.syncedAgain).toEqual([]);
    if (process.platform === 'linux') expect(openFiles()).toEqual([]);
    const findings = await server.composition.services.examiner.examine({ bytesPerSecond: 0 });
    expect(findings.filter(({ state }) => state === 'ill')).toEqual([]);
  });

  it('fails a form with a problem of the server’s, or does not matter', async () => {
    const struck = await sweep(async () => async (fault) => {
      const bytes = sound();
      const id = await settled(await send(bytes), bytes);
      if (fault === 'short') expect(id).not.toBeNull();
      if (fs.lost()) expect(id).toBeNull();
      const again = id ?? (await settled(await send(bytes), bytes));
      expect(again).not.toBeNull();
    });
    expect(struck).toBeGreaterThan(20 / step);
  }, 300_000);

  it('is overcome by a resumable upload that asks where it was and goes on', async () => {
    const struck = await sweep(async () => async () => {
      const bytes = sound();
      const tus = tusBy(server);
      const begin = () => tus.begin(bytes.length, { clientId, filename: `${turn}.wav` });
      let begun = await begin();
      if (!begun.ok) {
        await expectFault(begun);
        begun = await begin();
      }
      const address = begun.headers.get('location') ?? '';
      let id: string | null = null;
      for (let tries = 0; id === null && tries < 6; tries += 1) {
        const head = await tus.head(address);
        const at = Number(head.headers.get('upload-offset'));
        const answer = await tus.patch(address, at, bytes.subarray(at, at + 300_000));
        if (answer.status === 204) continue;
        id = await settled(answer, bytes);
      }
      expect(id).not.toBeNull();
    });
    expect(struck).toBeGreaterThan(20 / step);
  }, 300_000);

  it('leaves an asset with its old version or its new one, never another', async () => {
    const struck = await sweep(async () => {
      const before = sound();
      const id = await settled(await send(before), before);
      if (id === null) throw new Error('It was to be uploaded without a fault.');
      return async () => {
        const after = sound();
        const answer = await send(after, { assetId: id });
        if (fs.lost()) expect(answer.ok).toBe(false);
        if ((await settled(answer, after)) === null) {
          const shown = await (await server.request(`/api/v2/assets/${id}/metadata`)).json();
          const { sha256: now } = assetSchema.parse(shown);
          expect([sha256(before), sha256(after)]).toContain(now);
          journal.set(id, now);
        }
        expect(await isServed(id)).toBe(true);
      };
    });
    expect(struck).toBeGreaterThan(20 / step);
  }, 300_000);

  it('keeps bytes from being collected now, and not from being collected later; of others it takes none', async () => {
    const { collector } = server.composition.services;
    const struck = await sweep(async () => {
      const bytes = sound(5000);
      const id = await settled(await send(bytes), bytes);
      return async () => {
        for (const [method, address] of [
          ['DELETE', `/api/v2/assets/${id}`],
          ['POST', `/api/v2/assets/${id}/purge`],
        ] as const) {
          const answer = await server.request(
            address,
            method === 'POST' ? jsonRequest(method, {}) : { method },
          );
          expect(answer.ok).toBe(true);
        }
        journal.delete(String(id));
        offset += 2 * hourMs;
        // What fails here is a job, which is tried again.
        await collector.collect().catch(() => {});
        offset += 2 * hourMs;
        await collector.collect().catch(() => {});
      };
    });
    expect(struck).toBeGreaterThan(1);
    for (let times = 0; times < 2; times += 1) {
      offset += 2 * hourMs;
      await collector.collect();
    }
    const stored = (await Promise.all(parts.blobs.all.map((store) => Array.fromAsync(store.list())))).flat();
    expect([...journal.values()].filter((hash) => !stored.some((one) => one === hash))).toEqual([]);
    expect((await collector.preview()).due).toBe(0);
  }, 300_000);

  it('spoils no thumbnail: it is the right one, or there is none yet', async () => {
    const struck = await sweep(async () => {
      turn += 1;
      const bytes = await smallPng(turn);
      const id = await settled(await send(bytes, {}, `${turn}.png`), bytes);
      return async () => {
        const first = await server.request(`/api/v2/assets/${id}/thumbnail`);
        const second = await server.request(`/api/v2/assets/${id}/thumbnail`);
        expect(second.status).toBe(200);
        const wanted = sha256(new Uint8Array(await second.arrayBuffer()));
        if (first.ok) expect(sha256(new Uint8Array(await first.arrayBuffer()))).toBe(wanted);
        else expect(first.status).toBeGreaterThanOrEqual(500);
      };
    });
    expect(struck).toBeGreaterThan(5 / step);
  }, 300_000);
});
