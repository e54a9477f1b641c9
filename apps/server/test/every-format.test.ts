import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Asset, assetSchema, mimeTypeOf, wholeSeconds } from '@vitrine/schema';
import { fixtureFormats, type MediaFixture, makeFixture, runTool } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer, type TestServer } from './start-server.ts';

const run = promisify(execFile);

const streamsSchema = z.object({
  format: z.object({ duration: z.coerce.number() }),
  streams: z.array(
    z.object({ codec_type: z.string(), width: z.number().optional(), height: z.number().optional() }),
  ),
});
const exifSchema = z.tuple([
  z.object({ ImageWidth: z.number(), ImageHeight: z.number(), Orientation: z.number().optional() }),
]);

/** What programs that share nothing with ours say about a file. */
async function oracle({ path: file, facts, format }: MediaFixture): Promise<Record<string, unknown>> {
  switch (facts.type) {
    case 'image': {
      // SVG has no pixels of its own: its recipe says what a browser shows.
      if (format === 'svg') return { width: facts.width, height: facts.height };
      const tags = ['-j', '-n', '-ImageWidth', '-ImageHeight', '-Orientation'];
      const [{ ImageWidth: width, ImageHeight: height, Orientation: orientation = 1 }] = exifSchema.parse(
        JSON.parse(await runTool('exiftool', [...tags, file])),
      );
      return orientation >= 5 ? { width: height, height: width } : { width, height };
    }
    case 'video':
    case 'audio': {
      const args = ['-v', 'quiet', '-of', 'json', '-show_format', '-show_streams', file];
      const probed = streamsSchema.parse(JSON.parse(await runTool('ffprobe', args)));
      const picture = probed.streams.find((stream) => stream.codec_type === 'video');
      const durationMs = probed.format.duration * 1000;
      return facts.type === 'audio'
        ? { durationMs }
        : { durationMs, width: picture?.width, height: picture?.height };
    }
    case 'document': {
      if (format !== 'pdf') return { pageCount: facts.pageCount };
      const pages = /^Pages:\s+(\d+)$/m.exec(await runTool('pdfinfo', [file]))?.[1];
      return { pageCount: Number(pages) };
    }
    default:
      return facts satisfies never;
  }
}

/** Durations may differ by a packet: containers count the last one differently. */
const toleranceMs = 60;

describe('an upload by curl, as the documentation says', () => {
  let server: TestServer;
  let folder: string;
  let clientId: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-formats-'));
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function curlUpload(file: string): Promise<{ status: number; asset: Asset }> {
    const { stdout } = await run('curl', [
      ...['-sS', '-w', '\n%{http_code}'],
      ...['-H', `X-API-Key: ${server.owner.key}`],
      ...['-F', `clientId=${clientId}`, '-F', 'tags=["spring"]', '-F', `file=@${file}`],
      // The plain jpg and the plain jpeg are the same bytes.
      ...['-F', 'duplicates=keep'],
      `${server.url}/api/v2/upload-asset`,
    ]);
    const [body = '', status] = stdout.split('\n');
    return { status: Number(status), asset: assetSchema.parse(JSON.parse(body)) };
  }

  it.each(fixtureFormats)(
    'of a %s file answers 201 and the facts that other programs read from it',
    async (format) => {
      const fixture = await makeFixture(format, folder);
      const { status, asset } = await curlUpload(fixture.path);
      expect(status).toBe(201);
      expect(asset).toMatchObject({
        type: fixture.facts.type,
        format,
        name: fixture.fileName,
        tags: ['spring'],
      });
      expect(asset.mimeType).toBe(mimeTypeOf(format));

      const bytes = await readFile(fixture.path);
      expect(asset.size).toBe(bytes.length);
      expect(asset.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));

      const { durationMs, ...exact } = await oracle(fixture);
      expect(asset).toMatchObject(exact);
      if ('durationMs' in asset) {
        expect(Math.abs(asset.durationMs - Number(durationMs))).toBeLessThanOrEqual(toleranceMs);
        expect(asset.duration).toBe(wholeSeconds(asset.durationMs));
      }

      const served = await server.request(asset.url);
      expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
      expect(served.headers.get('content-type')).toBe(asset.mimeType);
    },
  );

  it('of all twenty leaves twenty assets, counted by kind', async () => {
    const stats = await server.request(`/api/clients/${clientId}/stats`);
    expect(await stats.json()).toMatchObject({
      count: 20,
      byType: { image: { count: 6 }, video: { count: 5 }, audio: { count: 5 }, document: { count: 4 } },
    });
    expect(await server.leftovers()).toMatchObject({ staging: 0, assets: 20 });
  });
});
