import { createVitrineClient, resolveContext } from '@vitrine/client';

const vitrine = createVitrineClient({
  url: process.env['VITRINE_URL'] ?? 'http://localhost:4400',
  apiKey: process.env['VITRINE_KEY'] ?? '',
});
const [client] = await vitrine.client.list.query({});
if (!client) throw new Error('There is no client yet.');

const context = await resolveContext(vitrine, {
  clientId: client.id,
  need: { brand_logo: 1, background: { max: 3 }, voice_sample: { max: 1 } },
  constraints: { channel: 'social', territory: 'DE' },
});

if (context.ok) {
  const [logo] = context.slots.brand_logo; // an image or a video: there is one, pinned to its bytes
  const [voice] = context.slots.voice_sample; // a sound, or undefined: `voice.width` would not compile
  console.log(`${logo.name}, ${logo.width} × ${logo.height}`, voice ? `${voice.durationMs} ms` : 'no voice');
  for (const { name, url } of context.slots.background) console.log(name, url);
} else {
  for (const { slot, reason, needed } of context.missing) console.log(`${slot}: ${needed} needed, ${reason}`);
}
