import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Asset, assetSchema, issuedUploadLinkSchema, problemSchema } from '@vitrine/schema';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { roomDetail } from '../../src/cli/room-finding.ts';
import { configFrom } from '../../src/config/config.ts';
import { envSchema } from '../../src/config/env.ts';
import { serve } from '../../src/serve.ts';
import { formOf, smallPng } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer } from '../start-server.ts';
import { tusBy } from '../tus-client.ts';
import { wavChunks } from '../wav-stream.ts';
import { mountSmallDisk } from './small-disk.ts';

const megabyte = 1024 * 1024;
const dayMs = 86_400_000;
const disk = mountSmallDisk(64);
const reason = typeof disk === 'string' ? disk : null;

it(`a small disk ${reason === null ? 'can be mounted here' : `cannot be mounted here (${reason}): what is said of one was not tried`}`, () => {
  // As root of a machine of one's own it always can; a container may forbid it, and says so.
  if (reason !== null) expect(reason).toMatch(/permi|superuser|operation|not found|ENOENT/i);
});

describe.skipIf(reason !== null).each(['disk', 'database'])(
  'a full disk under a library in %s mode',
  (blobs) => {
    const small = typeof disk === 'string' ? null : disk;
    const settings = {
      VITRINE_DATA_DIR: path.join(small?.path ?? '/nowhere', blobs),
      VITRINE_BLOBS: blobs,
      VITRINE_MIN_FREE_BYTES: String(10 * megabyte),
      VITRINE_RESERVE_BYTES: String(4 * megabyte),
    };
    const reserve = path.join(settings.VITRINE_DATA_DIR, 'reserve');
    let offset = 0;
    const clock = { now: () => Date.now() + offset };
    let server: TestServer;
    let clientId: string;
    let campaignId: string;
    let seed = 0;
    const kept = new Map<string, Asset>();

    beforeAll(async () => {
      server = await startServer(settings, { clock });
      clientId = await server.create('/api/clients', { name: 'Northwind' });
      campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    });
    beforeEach(async () => {
      await server.composition.room.refill();
      expect(existsSync(reserve)).toBe(true);
    });
    afterEach(() => small?.empty());
    afterAll(async () => {
      await server?.[Symbol.asyncDispose]();
      if (blobs === 'database') small?.[Symbol.dispose]();
      else await rm(settings.VITRINE_DATA_DIR, { recursive: true });
    });

    function sound(bytes: number): Buffer {
      seed += 1;
      return Buffer.concat([...wavChunks(bytes, createHash('sha512').update(`${seed}`).digest())]);
    }
    const uploadTo = (address: string, parts: Parameters<typeof formOf>[0], key?: null) =>
      server.request(address, { method: 'POST', body: formOf(parts), ...(key === null && { key }) });
    const upload = (bytes: Buffer, fields: Record<string, string> = {}) =>
      uploadTo('/api/v2/upload-asset', [
        { name: 'clientId', value: clientId },
        ...Object.entries(fields).map(([name, value]) => ({ name, value })),
        { name: 'file', value: bytes, fileName: `sound-${seed}.wav` },
      ]);
    async function uploaded(bytes: Buffer): Promise<Asset> {
      const answer = await upload(bytes);
      expect(answer.status).toBe(201);
      const asset = assetSchema.parse(await answer.json());
      kept.set(asset.id, asset);
      return asset;
    }
    async function expectFull(answer: Response): Promise<void> {
      expect(problemSchema.parse(await answer.json())).toMatchObject({ status: 507, code: 'storage_full' });
    }
    async function expectAllThere(): Promise<void> {
      for (const { id, sha256 } of kept.values()) {
        const bytes = new Uint8Array(await (await server.request(`/api/v2/assets/${id}`)).arrayBuffer());
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      }
      const { staging, assets } = await server.leftovers();
      expect({ staging, assets }).toEqual({ staging: 0, assets: kept.size });
    }
    async function trash(id: string): Promise<void> {
      const answer = await server.request(`/api/v2/assets/${id}`, { method: 'DELETE' });
      expect(answer.status).toBeLessThan(300);
      kept.delete(id);
    }
    /** Empties the trash and collects, as the server does by itself when days have gone by. */
    async function collect(): Promise<number> {
      const { trash: bin, collector } = server.composition.services;
      offset += 40 * dayMs;
      await bin.purgeOld();
      await collector.collect();
      offset += 40 * dayMs;
      return (await collector.collect()).freedBytes;
    }
    const ready = async () => {
      const answer = await server.request('/readyz');
      return { status: answer.status, body: await answer.json() };
    };

    it('refuses an upload that would not leave the floor, in the middle of it, and keeps nothing of it', async () => {
      await uploaded(sound(2 * megabyte));
      await expectFull(await upload(sound(60 * megabyte)));
      await expectAllThere();
      expect(await ready()).toMatchObject({ status: 200, body: { status: 'ok', checks: { room: 'ok' } } });
    });

    it('refuses uploads at every door with 507 before their bytes, and takes them again when there is room', async () => {
      const asset = await uploaded(sound(megabyte));
      const link = issuedUploadLinkSchema.parse(
        await (
          await server.request('/api/upload-links', jsonRequest('POST', { campaignId, name: 'Crew' }))
        ).json(),
      );
      const guests = `/api/u/${new URL(link.url).pathname.replace('/u/', '')}`;
      const tus = tusBy(server);
      const begun = await tus.begin(5000, { clientId, filename: 'a.wav' });
      const resumed = begun.headers.get('location') ?? '';
      small?.fill();
      await expectFull(await upload(sound(5000)));
      await expectFull(await upload(sound(5000), { assetId: asset.id }));
      await expectFull(await tus.begin(5000, { clientId, filename: 'a.wav' }));
      await expectFull(await tus.patch(resumed, 0, sound(5000)));
      const file = { name: 'file', value: await smallPng(seed), fileName: 'a.png' };
      await expectFull(await uploadTo(guests, [{ name: 'sender', value: 'Kim' }, file], null));
      expect(await ready()).toMatchObject({ status: 200, body: { status: 'ok', checks: { room: 'full' } } });
      const full = await server.composition.room.look();
      await expectAllThere();
      expect(() => roomDetail(full)).toThrow(/uploads are refused below 10 MB/);

      small?.empty();
      expect(roomDetail(await server.composition.room.look())).toMatch(/MB are free/);
      const patched = await tus.patch(resumed, 0, sound(5000));
      expect(patched.status).toBe(200);
      const made = assetSchema.parse(await patched.json());
      kept.set(made.id, made);
      await uploaded(sound(5000));
      await expectAllThere();
    });

    it('still deletes, empties the trash and collects with not a byte left, and gives the room to new uploads', async () => {
      const large = await uploaded(sound(8 * megabyte));
      for (let index = 0; index < 40; index += 1) await uploaded(sound(20_000));
      small?.fill();
      expect(small?.freeBytes()).toBe(0);
      for (const id of [...kept.keys()].slice(-30)) {
        await trash(id);
      }
      await trash(large.id);
      expect(existsSync(reserve)).toBe(false);
      expect(await collect()).toBeGreaterThan(8 * megabyte);
      expect(small?.freeBytes()).toBeGreaterThan(10 * megabyte);
      await expectAllThere();
      await uploaded(sound(megabyte));
      small?.empty();
      expect(await server.composition.room.refill()).toBe(true);
    });

    it('starts on a disk without a free byte, serves and deletes there', async () => {
      await server[Symbol.asyncDispose]();
      server = { ...server, [Symbol.asyncDispose]: async () => {} };
      small?.fill();
      const env = envSchema.parse({ ...settings, VITRINE_PORT: '0', VITRINE_LOG: 'silent' });
      await using again = await serve(configFrom(env), { clock, background: false });
      expect(existsSync(reserve)).toBe(false);
      const headers = { authorization: `Bearer ${server.owner.key}` };
      for (const { id, sha256 } of kept.values()) {
        const bytes = await (await fetch(`${again.url}/api/v2/assets/${id}`, { headers })).arrayBuffer();
        expect(createHash('sha256').update(new Uint8Array(bytes)).digest('hex')).toBe(sha256);
        const removed = await fetch(`${again.url}/api/v2/assets/${id}`, { method: 'DELETE', headers });
        expect(removed.status).toBeLessThan(300);
      }
    });
  },
);
