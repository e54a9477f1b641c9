import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { enqueueJob } from '@vitrine/core';
import { type Asset, assetIdSchema, assetSchema } from '@vitrine/schema';
import { makeFixture } from '@vitrine/testing';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DashboardPage, openDashboard } from './dashboard-page.ts';
import { inPage } from './in-page.ts';
import { formOf } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

const run = promisify(execFile);

describe('what is made of assets, in the dashboard', () => {
  let server: TestServer;
  let dashboard: DashboardPage;
  let folder: string;
  let clientId: string;
  const shots = process.env['VITRINE_SCREENSHOTS'];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-e2e-'));
    server = await startServer({}, { background: true });
    clientId = await server.create('/api/clients', { name: 'Northwind Coffee' });
    dashboard = await openDashboard(server);
    await dashboard.signIn(server.owner);
  });
  afterAll(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function upload(file: string): Promise<Asset> {
    const body = formOf([
      { name: 'clientId', value: clientId },
      { name: 'file', value: await readFile(file), fileName: path.basename(file) },
    ]);
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body });
    return assetSchema.parse(await answer.json());
  }
  const ffmpeg = async (name: string, ...args: string[]) => {
    const file = path.join(folder, name);
    await run('ffmpeg', ['-v', 'error', '-y', ...args, file]);
    return file;
  };
  /** Five seconds whose light grows from black to white. */
  const ramp = () =>
    ffmpeg(
      'ramp.mp4',
      ...['-f', 'lavfi', '-i', "nullsrc=s=320x180:r=25:d=5,geq=lum='20+T*45':cb=128:cr=128"],
      ...[
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv420p',
        '-g',
        '25',
        '-movflags',
        '+faststart',
      ],
    );
  const tile = ({ name }: Asset) =>
    dashboard.page.getByRole('gridcell').getByRole('link', { name: new RegExp(`^${name}`) });
  const open = async (asset: Asset) => {
    await dashboard.page.goto(`${server.url}/assets/${asset.id}`);
    await dashboard.page.getByRole('heading', { level: 1, name: asset.name }).waitFor();
  };
  const openGrid = async () => {
    await dashboard.page.goto(`${server.url}/clients/${clientId}`);
    await dashboard.page.getByRole('heading', { level: 1, name: 'Northwind Coffee' }).waitFor();
  };
  async function shot(name: string): Promise<void> {
    if (shots) await dashboard.page.screenshot({ path: path.join(shots, `${name}.png`) });
  }
  it('fill a tile in while the grid is open, without loading it again and without moving anything', async () => {
    const { page } = dashboard;
    await openGrid();
    await page.evaluate(inPage.watchShifts);
    const first = await upload((await makeFixture('png', folder)).path);
    const picture = tile(first).locator('img').first();
    await picture.waitFor({ timeout: 15_000 });
    await expect
      .poll(() => page.evaluate(inPage.naturalWidth(`a[href*="${first.id}"] img`)))
      .toBeGreaterThan(0);
    const second = await upload((await makeFixture('pdf', folder)).path);
    await tile(second).waitFor();
    // A new tile takes its place in front of the others; from then on nothing moves.
    await page.evaluate(inPage.forgetShifts);
    await tile(second).locator('img').first().waitFor({ timeout: 15_000 });
    expect(await page.evaluate(inPage.shifts)).toEqual({ mark: true, shift: 0 });
    await dashboard.expectAccessible();
    await shot('grid');
  });

  it('show a video from beginning to end under the pointer', async () => {
    const { page } = dashboard;
    const video = await upload(await ramp());
    await openGrid();
    await tile(video).locator('img').first().waitFor({ timeout: 15_000 });
    await expect
      .poll(
        async () => {
          const answer = await server.request(`/api/v2/assets/${video.id}/renditions`);
          return JSON.stringify(await answer.json());
        },
        { timeout: 20_000 },
      )
      .toMatch(/"preset":"sprite","rendition":\{"state":"ready"/);
    const box = await tile(video).boundingBox();
    if (!box) throw new Error('The tile is not to be seen.');
    const frame = '[data-scrub] [style*="background-image"]';
    const strip = tile(video).locator(frame);
    const frames: string[] = [];
    for (const share of [0.1, 0.5, 0.9]) {
      await page.mouse.move(box.x + box.width * share, box.y + box.height / 3);
      await strip.waitFor();
      const position = () => page.evaluate<string>(inPage.backgroundPosition(frame));
      await expect.poll(position).not.toBe(frames.at(-1));
      frames.push(await position());
    }
    expect(new Set(frames).size).toBe(3);
    await shot('scrub');
    await page.mouse.move(5, 5);
    await expect.poll(() => tile(video).locator('[data-scrub]').count()).toBe(0);
  });

  it('are a poster that somebody chooses while the video plays, and the tile follows', async () => {
    const { page } = dashboard;
    const video = await upload(await ramp());
    await open(video);
    await page.locator('video').waitFor();
    await page.evaluate(inPage.seekTo(4.5));
    await dashboard.expectAccessible();
    await shot('video');
    await page.getByRole('button', { name: 'Use this frame as poster' }).click();
    await page.getByRole('button', { name: 'Choose by itself' }).waitFor();
    await openGrid();
    await expect
      .poll(() => page.evaluate(inPage.lightOf(`a[href*="${video.id}"] img`)), { timeout: 15_000 })
      .toBeGreaterThan(180);
  });

  it('are the peaks of a sound, drawn before a byte of it is fetched', async () => {
    const { page } = dashboard;
    const sound = await upload((await makeFixture('mp3', folder)).path);
    await expect
      .poll(async () => {
        const answer = await server.request(`/api/v2/assets/${sound.id}/metadata`);
        return JSON.stringify(await answer.json());
      })
      .toMatch(/"waveformUrl":"http/);
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await open(sound);
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await expect
      .poll(() => fetched.filter((address) => address.endsWith('/waveform')).length)
      .toBeGreaterThan(0);
    await expect.poll(() => page.evaluate(inPage.drawnPixels)).toBeGreaterThan(100);
    expect(fetched.filter((address) => address === `/api/v2/assets/${sound.id}`)).toEqual([]);
    await dashboard.expectAccessible();
    await shot('sound');
  });

  it('are the pages of a PDF, one below the other', async () => {
    const { page } = dashboard;
    const document = await upload((await makeFixture('pdf', folder)).path);
    if (document.type !== 'document') throw new Error('It is no document.');
    await open(document);
    const pages = page.getByRole('img', { name: /^Page \d+$/ });
    await expect.poll(() => pages.count(), { timeout: 15_000 }).toBe(document.pageCount);
    await dashboard.expectAccessible();
    await shot('pages');
  });

  it('say why something cannot be made, and try it again', async () => {
    const { page } = dashboard;
    const locked = await upload((await makeFixture('pdf', folder, { variant: 'encrypted' })).path);
    await open(locked);
    const section = page.getByRole('region', { name: 'Previews that failed' });
    await section.waitFor({ timeout: 15_000 });
    expect(await section.textContent()).toContain('encrypted');
    await dashboard.expectAccessible();
    await shot('failed');
    const retried = page.waitForResponse((answer) => answer.url().includes('asset.retryRenditions'));
    await section.getByRole('button', { name: 'Try again' }).click();
    expect((await retried).status()).toBe(200);
    await expect.poll(() => section.textContent(), { timeout: 15_000 }).toContain('encrypted');
  });

  it('are seen as background work by owners, who run again what was given up', async () => {
    const { page } = dashboard;
    await server.composition.database.transaction(async (writers) => {
      const assetId = assetIdSchema.parse('00000000-0000-7000-8000-00000000000a');
      const payload = { assetId, version: 1, stage: 'first', remake: false } as const;
      await enqueueJob(writers, 'rendition.make', payload, { at: Date.now(), runAt: Date.now() + 3_600_000 });
    });
    // As if its worker had died each time.
    const db = new Sqlite(path.join(server.dataDir, 'vitrine.sqlite'));
    db.prepare(
      "update jobs set state = 'dead', waiting_key = null, attempts = 3, error = 'Its worker died three times.', finished_at = created_at where payload like '%00000000000a%'",
    ).run();
    db.close();
    await page.goto(`${server.url}/background`);
    await page.getByText('Its worker died three times.').waitFor();
    await dashboard.expectAccessible();
    await shot('work');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.getByText('Its worker died three times.').count()).toBe(0);
  });

  it('fit on a telephone', async () => {
    const { page } = dashboard;
    await page.setViewportSize({ width: 390, height: 844 });
    const listed = await server.request(`/api/v2/assets?clientId=${clientId}`);
    const assets = assetSchema.array().parse(await listed.json());
    const addresses = [
      `/clients/${clientId}`,
      '/background',
      ...(['image', 'video', 'audio', 'document'] as const).flatMap((type) => {
        const asset = assets.find((one) => one.type === type);
        return asset ? [`/assets/${asset.id}`] : [];
      }),
    ];
    expect(addresses).toHaveLength(6);
    for (const address of addresses) {
      await page.goto(`${server.url}${address}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const [wide, room] = await page.evaluate<number[]>(inPage.widths);
      expect(`${address} ${wide}`).toBe(`${address} ${room}`);
      await shot(`phone-${address.split('/')[1]}-${addresses.indexOf(address)}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('ask no other host for anything, and meet no script error', () => {
    expect(dashboard.problems).toEqual([]);
    expect(dashboard.elsewhere).toEqual([]);
  });
});
