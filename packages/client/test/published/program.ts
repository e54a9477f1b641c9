import {
  type Asset,
  assetSchema,
  createVitrineClient,
  type ErrorCode,
  isVitrineError,
} from '@vitrine/client';

const [url = '', file = ''] = process.argv.slice(2);
const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
const vitrine = createVitrineClient({ url, apiKey: 'vtr_k' });

function describe(asset: Asset): string {
  switch (asset.type) {
    case 'image':
      return `image ${asset.width}x${asset.height}`;
    case 'video':
      return `video ${asset.durationMs} ${asset.thumbnailUrl.length > 0}`;
    case 'audio':
      return `audio ${asset.durationMs} ${asset.waveformUrl?.length ?? 'no waveform'}`;
    case 'document':
      return `document ${asset.pageCount ?? 'unknown'}`;
    default:
      return asset satisfies never;
  }
}

export function retries(code: ErrorCode): boolean {
  return code === 'rate_limited' || code === 'unavailable';
}

export async function titles(): Promise<string[]> {
  const { items } = await vitrine.asset.list.query({ clientId, type: 'video', tags: ['spring'], limit: 10 });
  const described: string[] = items.map(describe);
  const one: Asset = await vitrine.asset.get.query({ id: items[0]?.id ?? '' });
  return [...described, describe(one)];
}

const video = await vitrine.upload(file, {
  clientId,
  type: 'video',
  roles: ['first_frame'],
  tags: ['spring'],
});
const any = await vitrine.upload(file, { clientId });
const refused = await vitrine.client.list.query().catch((error: unknown) => error);
process.stdout.write(
  JSON.stringify({
    video: describe(assetSchema.parse(video)),
    seconds: video.duration,
    any: describe(any),
    refused: isVitrineError(refused),
  }),
);
