import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assetSchema, lineageSchema } from '@vitrine/schema';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer } from './start-server.ts';

const run = promisify(execFile);
const example = fileURLToPath(
  new URL('../../../packages/client/examples/generate-video.ts', import.meta.url),
);

it('the documented video generation says what is missing, and with it there makes a video that knows what it is made of', async () => {
  const documentation = await readFile(new URL('../../../docs/context.md', import.meta.url), 'utf8');
  expect(documentation).toContain(`\`\`\`ts\n${await readFile(example, 'utf8')}\`\`\``);

  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-test-'));
  await using server = await startServer();
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
  const upload = async (name: string, value: Buffer, fields: Record<string, unknown>) => {
    const parts = [
      { name: 'clientId', value: clientId },
      ...Object.entries(fields).map(([field, what]) => ({
        name: field,
        value: typeof what === 'string' ? what : JSON.stringify(what),
      })),
      { name: 'file', value, fileName: name },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    return assetSchema.parse(await answer.json());
  };
  const program = () =>
    run(process.execPath, ['--conditions=@vitrine/source', example], {
      cwd: folder,
      env: {
        ...process.env,
        VITRINE_URL: server.url,
        VITRINE_KEY: server.owner.key,
        VITRINE_CLIENT: clientId,
        VITRINE_CAMPAIGN: campaignId,
      },
    });

  const logo = await upload('mark.png', await smallPng(1, 80, 80), {
    tags: ['brand_logo'],
    rights: { to: '2020-12-31' },
  });
  await upload('square.png', await smallPng(2, 400, 400), { tags: ['first_frame'] });
  await expect(program()).rejects.toMatchObject({
    code: 1,
    stderr: [
      'first_frame: 1 needed, too_small',
      '  square.png: It is 400 × 400; at least 640 pixels wide is needed. It is 400 × 400, not 16:9.',
      'brand_logo: 1 needed, rights_expired',
      '  mark.png: Its rights ended on 2020-12-31.',
      '',
    ].join('\n'),
  });

  const renewed = jsonRequest('POST', { rights: { to: '2099-12-31', channels: ['social'] } });
  expect((await server.request(`/api/v2/assets/${logo.id}/rights`, renewed)).status).toBe(200);
  const frame = await upload('harbour.png', await smallPng(3, 642, 361), {
    tags: ['first_frame'],
    campaignId,
  });
  const wav = path.join(folder, 'sample.wav');
  await run('ffmpeg', ['-f', 'lavfi', '-i', 'sine=duration=2', wav]);
  const voice = await upload('anna.wav', await readFile(wav), { tags: ['voice_sample'] });

  const { stdout } = await program();
  expect(stdout).toBe('advert.mp4: 642 × 360, 2 s\nmade with mark.png: advert.mp4, version 1\n');
  const listed = await server.request(`/api/v2/assets?clientId=${clientId}&type=video`);
  const [advert] = z.array(assetSchema).parse(await listed.json());
  const lineage = await server.request(`/api/v2/assets/${advert?.id}/made-of`);
  const madeOf = lineageSchema.parse(await lineage.json());
  expect(madeOf.generation).toMatchObject({
    generator: 'ffmpeg',
    requestId: expect.stringMatching(/^\w{64}$/),
  });
  const sources = madeOf.items.map(({ assetId, path: steps }) => [assetId, steps.at(-1)?.role]);
  expect(new Map(sources.map(([id = '', role = '']) => [id, role]))).toEqual(
    new Map([
      [frame.id, 'first_frame'],
      [logo.id, 'brand_logo'],
      [voice.id, 'voice_sample'],
    ]),
  );
  await rm(folder, { recursive: true, force: true });
});
