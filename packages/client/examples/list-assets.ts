import { createVitrineClient } from '@vitrine/client';

const vitrine = createVitrineClient({
  url: process.env['VITRINE_URL'] ?? 'http://localhost:4400',
  apiKey: process.env['VITRINE_KEY'] ?? '',
});
const { items } = await vitrine.asset.list.query({ limit: 10 });

for (const asset of items) {
  switch (asset.type) {
    case 'image':
      console.log(asset.name, `${asset.width} × ${asset.height}`);
      break;
    case 'video':
      console.log(asset.name, `${asset.duration} s`, asset.thumbnailUrl);
      break;
    case 'audio':
      console.log(asset.name, `${asset.durationMs} ms`, asset.waveformUrl ?? 'no waveform yet');
      break;
    case 'document':
      console.log(asset.name, asset.pageCount === null ? 'pages unknown' : `${asset.pageCount} pages`);
      break;
    default:
      asset satisfies never; // a fifth kind would not compile
  }
}
