import { readFile } from 'node:fs/promises';
import { AppError, type Caller, type MediaRenderer, type Rendered, type RenderSource } from '@vitrine/core';
import { type Asset, type AssetId, assetSchema, type Preset, userIdSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

type Script = (source: RenderSource, stage: string) => AsyncGenerator<Rendered, void, undefined>;

/** A renderer that does what a test says, and counts how often it was asked. */
function scripted(script: { run: Script; calls: number }): MediaRenderer {
  return {
    render: (source, { stage }) => {
      script.calls += 1;
      return script.run(source, stage);
    },
    close: async () => {},
  };
}

const picture = (preset: Preset, text = 'picture'): Rendered => ({
  state: 'image',
  preset,
  mimeType: 'image/webp',
  bytes: Buffer.from(`${text} ${preset}`),
  width: 32,
  height: 20,
  thumbhash: preset === 'thumb' ? 'aGFzaA==' : null,
});

async function* both(_source: RenderSource, stage: string) {
  yield picture(stage === 'first' ? 'thumb' : 'preview');
}

function callerOf(server: TestServer): Caller {
  const userId = userIdSchema.parse(server.owner.id);
  return { actor: { kind: 'user', userId, role: 'owner' }, requestId: 'test', address: null };
}

async function upload(server: TestServer, seed = 0): Promise<Asset> {
  const clientId = await server.create('/api/clients', { name: `Northwind ${seed}` });
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'file', value: await smallPng(seed), fileName: 'a.png' },
  ];
  const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  return assetSchema.parse(await answer.json());
}

async function start(run: Script = both, settings: Record<string, string> = {}) {
  const script = { run, calls: 0 };
  const server = await startServer(settings, { renderer: scripted(script) });
  const { renditions } = server.composition.services;
  const caller = callerOf(server);
  return {
    server,
    script,
    renditions,
    caller,
    file: (id: AssetId, preset: Preset) => renditions.file(caller, { id, preset }),
    states: async (id: AssetId) => {
      const { items } = await renditions.list(caller, id);
      return Object.fromEntries(items.map(({ preset, row }) => [preset, row?.state ?? 'pending']));
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('a rendition that somebody asks for', () => {
  it('is made once, however many ask at the same time, and not again afterwards', async () => {
    await using test = await start();
    const { id } = await upload(test.server);
    const answers = await Promise.all(Array.from({ length: 30 }, () => test.file(id, 'thumb')));
    expect(new Set(answers.map(({ sha256 }) => sha256)).size).toBe(1);
    await test.file(id, 'thumb');
    expect(test.script.calls).toBe(1);
    expect(await test.states(id)).toEqual({ thumb: 'ready', preview: 'pending' });
  });

  it.each(['disk', 'database'])(
    'is made of the bytes that were uploaded, from the %s store',
    async (mode) => {
      const seen: Buffer[] = [];
      async function* look(source: RenderSource) {
        seen.push(await readFile(source.path));
        yield picture('thumb');
      }
      await using test = await start(look, { VITRINE_BLOBS: mode, VITRINE_BLOB_INLINE_MAX: '0' });
      const { id } = await upload(test.server, 7);
      await test.file(id, 'thumb');
      expect(seen).toEqual([await smallPng(7)]);
      expect((await test.server.leftovers()).staging).toBe(0);
    },
  );

  it('says why it failed, and is made again when somebody asks for another try', async () => {
    await using test = await start(async function* () {
      yield { state: 'failed', preset: 'thumb', reason: 'The picture is torn.' };
    });
    const { id } = await upload(test.server);
    const refused = { code: 'rendition_failed', message: 'The picture is torn.' };
    await expect(test.file(id, 'thumb')).rejects.toMatchObject(refused);
    await expect(test.file(id, 'thumb')).rejects.toMatchObject(refused);
    expect(test.script.calls).toBe(1);
    const asset = await test.server.request(`/api/v2/assets/${id}/metadata`);
    expect(assetSchema.parse(await asset.json()).preview).toEqual({
      state: 'failed',
      reason: 'The picture is torn.',
    });

    test.script.run = both;
    await test.renditions.retry(test.caller, id);
    expect(await test.states(id)).toMatchObject({ thumb: 'pending' });
    expect((await test.file(id, 'thumb')).mimeType).toBe('image/webp');
  });

  it('stays pending when the server is at fault, and keeps what was made before', async () => {
    await using test = await start(async function* (_source, stage) {
      if (stage === 'rest') {
        yield picture('preview');
        return;
      }
      throw new AppError('unavailable', 'No process can be had.');
    });
    const { id } = await upload(test.server);
    await test.file(id, 'preview');
    await expect(test.file(id, 'thumb')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await test.states(id)).toEqual({ thumb: 'pending', preview: 'ready' });
    test.script.run = both;
    await test.file(id, 'thumb');
    expect((await test.server.leftovers()).staging).toBe(0);
  });

  it('is refused by name when the kind has no such preset, and for nobody else to see', async () => {
    await using test = await start();
    const { id } = await upload(test.server);
    await expect(test.file(id, 'sprite')).rejects.toThrow(
      "This image has thumb, preview; there is no 'sprite'.",
    );
    const stranger = await test.server.addUser('member');
    const actor = { kind: 'user', userId: userIdSchema.parse(stranger.id), role: 'member' } as const;
    const foreign = { ...test.caller, actor };
    await expect(test.renditions.file(foreign, { id, preset: 'thumb' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(test.renditions.list(foreign, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(test.renditions.retry(foreign, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(test.script.calls).toBe(0);
  });

  it('is not kept when the asset goes to the trash meanwhile', async () => {
    let trash = async () => {};
    await using test = await start(async function* () {
      await trash();
      yield picture('thumb');
    });
    const { id } = await upload(test.server);
    trash = async () => {
      await test.server.request(`/api/v2/assets/${id}`, { method: 'DELETE' });
    };
    await expect(test.file(id, 'thumb')).rejects.toMatchObject({ code: 'not_found' });
    const rows = await test.server.composition.database.read((readers) =>
      readers.renditions.of({ assetId: id, version: 1 }),
    );
    expect(rows).toEqual([]);
  });

  it('is failed for a reason after the last try of its job, and only what is still missing', async () => {
    await using test = await start(async function* (_source, stage) {
      if (stage === 'first') yield picture('thumb');
      else throw new Error('EIO');
    });
    const { id } = await upload(test.server);
    const job = { assetId: id, version: 1, remake: false };
    await test.renditions.make({ ...job, stage: 'first' }, { last: true });
    await expect(test.renditions.make({ ...job, stage: 'rest' }, { last: false })).rejects.toThrow('EIO');
    expect(await test.states(id)).toEqual({ thumb: 'ready', preview: 'pending' });
    await expect(test.renditions.make({ ...job, stage: 'rest' }, { last: true })).rejects.toThrow('EIO');
    expect(await test.states(id)).toEqual({ thumb: 'ready', preview: 'failed' });
  });
});
