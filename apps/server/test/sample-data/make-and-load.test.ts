import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Caller } from '@vitrine/core';
import { assetListInputSchema, type UserId } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/compose.ts';
import { configFrom } from '../../src/config/config.ts';
import { envSchema } from '../../src/config/env.ts';
import { haldenBrand } from '../../src/sample-data/clients/halden-brand.ts';
import * as scene from '../../src/sample-data/clients/halden-scenes.ts';
import { drawLogo } from '../../src/sample-data/drawing/logo.ts';
import { loadSampleData } from '../../src/sample-data/load-sample-data.ts';
import { animation } from '../../src/sample-data/make/animation.ts';
import { brief } from '../../src/sample-data/make/brief.ts';
import { copyDeck } from '../../src/sample-data/make/copy-deck.ts';
import { film } from '../../src/sample-data/make/film.ts';
import { fileOf, makeAll } from '../../src/sample-data/make/make-all.ts';
import { picture } from '../../src/sample-data/make/picture.ts';
import { plainText } from '../../src/sample-data/make/plain-text.ts';
import type { ClientRecipe, Make } from '../../src/sample-data/make/recipe.ts';
import { tune } from '../../src/sample-data/make/tune.ts';
import { vector } from '../../src/sample-data/make/vector.ts';
import { hum } from '../../src/sample-data/music/hum.ts';

const campaign = {
  input: {
    name: 'Small',
    status: 'active' as const,
    brief: { objective: 'One of each.', targetAudience: 'A test.', keyMessages: ['Small.'] },
  },
};
const play = () => hum([{ vowel: 'a', pitch: 200, length: 1.6 }]);
const asset = (file: string, tags: readonly string[], make: Make, of: number | null = null) => ({
  file,
  campaign: of,
  tags,
  make,
});
const smallFilm = film({ stills: ['still.jpg'], secondsEach: 2, width: 320, height: 180, play });

/** One file of each kind of recipe, small. */
const client: ClientRecipe = {
  folder: 'small',
  input: { name: 'Small client' },
  campaigns: [campaign],
  assets: [
    asset('film.mp4', ['first_frame'], smallFilm, 0),
    asset('film.webm', [], smallFilm),
    asset('still.jpg', ['background', 'sky'], picture(scene.drawHighlands, { width: 640, grain: 5 })),
    asset('soft.webp', [], picture(scene.drawSteam, { width: 320, soft: true })),
    asset(
      'mark.png',
      [],
      picture(() => drawLogo(haldenBrand, { color: '#000000' }), { width: 200, alpha: true }),
    ),
    asset(
      'logo.svg',
      ['brand_logo'],
      vector(() => drawLogo(haldenBrand, { color: '#000000' })),
    ),
    asset('loop.gif', [], animation(scene.drawSunLoop, 3)),
    asset('voice.wav', ['voice_sample'], tune(play)),
    asset('voice.mp3', [], tune(play)),
    asset('brief.pdf', [], brief(haldenBrand, { campaign, deliverables: [['Film', 'MP4', '1 May']] })),
    asset('copy.docx', [], copyDeck(haldenBrand, 'Copy', [{ title: 'Bag', lines: [['Front', 'Small']] }])),
    asset('script.txt', [], plainText(['Take the long way.'])),
  ],
};
const jobs = client.assets.map((made) => ({ client, asset: made }));
const quietly = { atOnce: 2, onMade: () => {} };

describe('sample data', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-sample-'));
    await makeAll(folder, jobs, quietly);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is made into files with nothing unfinished beside them', async () => {
    const files = await readdir(path.join(folder, 'small'));
    expect(files.sort()).toEqual(client.assets.map(({ file }) => file).sort());
  });

  it('is made only once, and what is missing is made again from the same numbers', async () => {
    const still = fileOf(folder, client, 'still.jpg');
    const logo = fileOf(folder, client, 'logo.svg');
    const [bytes, { mtimeMs }] = [await readFile(still), await stat(logo)];
    await rm(still);
    const told: string[] = [];
    await makeAll(folder, jobs, { atOnce: 2, onMade: (made, of) => told.push(`${made}/${of}`) });
    expect(told).toEqual(['1/1']);
    expect((await readFile(still)).equals(bytes)).toBe(true);
    expect((await stat(logo)).mtimeMs).toBe(mtimeMs);
  });

  it('goes into an empty installation as assets with the facts of their bytes, and only once', async () => {
    const env = envSchema.parse({ VITRINE_DATA_DIR: path.join(folder, 'data'), VITRINE_LOG: 'silent' });
    await using library = await compose({ ...configFrom(env), publicUrl: 'http://localhost:4400' });
    const { services, accounts } = library;
    const user = await accounts.createUser({
      email: 'a@vitrine.example',
      role: 'owner',
      password: 'correct horse',
    });
    const owner: UserId = user.id;
    const caller: Caller = {
      actor: { kind: 'user', userId: owner, role: 'owner' },
      requestId: randomUUID(),
      address: null,
    };
    const assets = client.assets.map(({ file, ...rest }) => ({
      ...rest,
      name: file,
      path: fileOf(folder, client, file),
    }));
    const sample = { clients: [{ ...client, assets }] };
    await loadSampleData({ services, caller, library: sample, log: () => {} });
    await loadSampleData({ services, caller, library: sample, log: () => {} });

    const { items } = await services.assets.list(caller, assetListInputSchema.parse({}));
    // Newest first is the order in which the recipes stand.
    expect(items.map(({ name }) => name)).toEqual(client.assets.map(({ file }) => file));
    const byName = new Map(items.map((item) => [item.name, item]));
    expect(byName.get('film.mp4')).toMatchObject({ type: 'video', width: 320, height: 180 });
    expect(byName.get('film.mp4')?.campaignId).toEqual(expect.any(String));
    expect(byName.get('still.jpg')).toMatchObject({
      type: 'image',
      format: 'jpg',
      width: 640,
      height: 360,
      roles: ['background'],
      tags: ['background', 'sky'],
      campaignId: null,
    });
    expect(byName.get('soft.webp')).toMatchObject({ type: 'image', width: 320 });
    expect(byName.get('voice.wav')).toMatchObject({ type: 'audio', durationMs: 2000 });
    expect(byName.get('brief.pdf')).toMatchObject({ type: 'document', pageCount: 2 });
    expect(byName.get('script.txt')).toMatchObject({ type: 'document', format: 'txt' });
    expect(await services.clients.list(caller, { archived: true })).toHaveLength(1);
  });
});
