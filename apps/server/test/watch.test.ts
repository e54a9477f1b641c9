import { type Asset, assetSchema, type ChangeEvent } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';
import { openWatch } from './watch-events.ts';

async function upload(server: TestServer, clientId: string, seed = 0): Promise<Asset> {
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'file', value: await smallPng(seed), fileName: `${seed}.png` },
  ];
  const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  return assetSchema.parse(await answer.json());
}

function changeOf(event: ChangeEvent) {
  if (event.type !== 'change') throw new Error(`A change was expected, not ${event.type}.`);
  return event;
}

describe('a watch', () => {
  it('hears of an upload within a second, with the tile as the list has it', async () => {
    await using server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    await using watch = await openWatch(server);
    expect((await watch.next()).event).toEqual({ type: 'caught_up' });
    const asset = await upload(server, clientId);
    const acknowledged = performance.now();
    const { change, tile } = changeOf((await watch.next()).event);
    expect(performance.now() - acknowledged).toBeLessThan(1000);
    expect(change).toMatchObject({ kind: 'asset.created', assetId: asset.id, clientId, campaignId: null });
    expect(tile).toMatchObject({ id: asset.id, name: '0.png', width: 40, height: 30, url: asset.url });
  });
});
