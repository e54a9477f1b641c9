import { randomBytes } from 'node:crypto';
import { type Asset, assetSchema, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf } from '../small-files.ts';
import { jsonRequest, startServer, type TestServer } from '../start-server.ts';
import { wavChunks } from '../wav-stream.ts';
import { flipBytes } from './stored-bytes.ts';

/** More than is remembered, than a part that is written at once, and than a chunk of the database. */
const largeBytes = 3 * 1024 * 1024;
/** More than is remembered, and sent as one part. */
const smallerBytes = 300_000;

describe.each(['disk', 'database'] as const)(
  'bytes that rotted in the store %s before anybody looked for it',
  (store) => {
    let server: TestServer;
    let clientId: string;
    beforeAll(async () => {
      server = await startServer({ VITRINE_BLOBS: store, VITRINE_BLOB_INLINE_MAX: '0' });
      clientId = await server.create('/api/clients', { name: 'Northwind' });
    });
    afterAll(() => server[Symbol.asyncDispose]());

    async function upload(size = largeBytes): Promise<{ asset: Asset; bytes: Buffer }> {
      const bytes = Buffer.concat([...wavChunks(size, randomBytes(size))]);
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'file', value: bytes, fileName: 'noise.wav' },
      ];
      const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
      return { asset: assetSchema.parse(await answer.json()), bytes };
    }
    const rot = ({ asset, bytes }: { asset: Asset; bytes: Buffer }) =>
      flipBytes({ dataDir: server.dataDir, store }, [{ sha256: asset.sha256, bytes }]);
    const get = ({ id }: Asset, headers: Record<string, string> = {}) =>
      server.request(`/api/v2/assets/${id}/data`, { headers });
    /** The bytes, or null when the answer was broken off before its end. */
    const bodyOf = async (answer: Response) => {
      try {
        return Buffer.from(await answer.arrayBuffer());
      } catch {
        return null;
      }
    };
    /** Soon refused by name, whoever asks. */
    async function assertMarked(asset: Asset): Promise<void> {
      await expect.poll(async () => (await get(asset, { range: 'bytes=0-9' })).status).toBe(500);
      expect(problemSchema.parse(await (await get(asset)).json()).code).toBe('damaged');
    }

    it('are never given out to their end, and marked then', async () => {
      const one = await upload();
      rot(one);
      const answer = await get(one.asset);
      expect(answer.status).toBe(200);
      expect(await bodyOf(answer)).toBeNull();
      await assertMarked(one.asset);
    });

    it('are not given out to their end when they are asked for as one range, as players do', async () => {
      const one = await upload();
      rot(one);
      expect(await bodyOf(await get(one.asset, { range: 'bytes=0-' }))).toBeNull();
      await assertMarked(one.asset);
    });

    it('are refused at once, or broken off, where they are one piece', async () => {
      const one = await upload(smallerBytes);
      rot(one);
      const answer = await get(one.asset);
      if (answer.status === 200) expect(await bodyOf(answer)).toBeNull();
      else expect(problemSchema.parse(await answer.json()).code).toBe('damaged');
      await assertMarked(one.asset);
    });

    it('are looked at when a part of them was asked for, which cannot be proven by itself', async () => {
      const one = await upload();
      rot(one);
      expect((await get(one.asset, { range: 'bytes=1000-1999' })).status).toBe(206);
      await assertMarked(one.asset);
    });

    it('do not end up in a ZIP', async () => {
      const [rotten, good] = [await upload(), await upload()];
      const target = { kind: 'assets', assetIds: [good.asset.id, rotten.asset.id] };
      const made = await server.request('/api/shares', jsonRequest('POST', { name: 'Noise', target }));
      const [link] = z.array(z.object({ url: z.string() })).parse(await made.json());
      rot(rotten);
      const zip = `/api${new URL(link?.url ?? '').pathname}/zip`;
      expect(await bodyOf(await server.request(zip, { key: null }))).toBeNull();
      await assertMarked(rotten.asset);
    });

    it('do not hold up what is right, which comes whole and in parts', async () => {
      const { asset, bytes } = await upload();
      expect((await bodyOf(await get(asset, { range: 'bytes=5-99' })))?.equals(bytes.subarray(5, 100))).toBe(
        true,
      );
      for (let time = 0; time < 2; time += 1) {
        expect((await bodyOf(await get(asset)))?.equals(bytes)).toBe(true);
      }
      expect(server.composition.proofs.has(asset.sha256)).toBe(true);
    });
  },
);
