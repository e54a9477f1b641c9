/** One way to use the client wrongly, and what the compiler must say to it. */
export interface Misuse {
  readonly name: string;
  readonly code: string;
  readonly error: RegExp;
}

export const misuses: readonly Misuse[] = [
  {
    name: 'an upload without a client',
    code: `await vitrine.upload('a.png', { name: 'a' });`,
    error: /Property 'clientId' is missing/,
  },
  {
    name: 'an upload without anything beside the file',
    code: `await vitrine.upload('a.png');`,
    error: /Expected 2 arguments, but got 1/,
  },
  {
    name: 'a role of another kind',
    code: `await vitrine.upload('a.mp3', { clientId, type: 'audio', roles: ['first_frame'] });`,
    error: /Type '"first_frame"' is not assignable to type '"use_full_audio" \| "voice_sample"'/,
  },
  {
    name: 'a role for a document',
    code: `await vitrine.upload('a.pdf', { clientId, type: 'document', roles: ['subject'] });`,
    error:
      /Type '"subject"' is not assignable to type 'never'|Type 'string' is not assignable to type 'never'/,
  },
  {
    name: 'a misspelt option',
    code: `await vitrine.upload('a.png', { clientId, campaingId: 'x' });`,
    error: /'campaingId' does not exist|Did you mean to write 'campaignId'/,
  },
  {
    name: 'a kind that does not exist',
    code: `await vitrine.upload('a.png', { clientId, type: 'sculpture' });`,
    error: /Type '"sculpture"' is not assignable/,
  },
  {
    name: 'the width of an asset whose kind nobody asked',
    code: `const asset = await vitrine.asset.get.query({ id: clientId });\nconsole.log(asset.width);`,
    error: /Property 'width' does not exist on type '.*'/,
  },
  {
    name: 'the width of a sound',
    code: `const asset = await vitrine.upload('a.mp3', { clientId, type: 'audio' });\nconsole.log(asset.width);`,
    error: /Property 'width' does not exist/,
  },
  {
    name: 'a procedure that does not exist',
    code: `await vitrine.asset.explode.mutate({ id: clientId });`,
    error: /Property 'explode' does not exist/,
  },
  {
    name: 'a router that does not exist',
    code: `await vitrine.sculpture.list.query();`,
    error: /Property 'sculpture' does not exist/,
  },
  {
    name: 'an input of the wrong type',
    code: `await vitrine.asset.list.query({ clientId: 7 });`,
    error: /Type 'number' is not assignable to type 'string'/,
  },
  {
    name: 'an input field that does not exist',
    code: `await vitrine.client.create.mutate({ name: 'a', colour: 'red' });`,
    error: /'colour' does not exist/,
  },
  {
    name: 'an input without what it needs',
    code: `await vitrine.campaign.create.mutate({ name: 'Winter' });`,
    error: /Property 'clientId' is missing/,
  },
  {
    name: 'a query called as a mutation',
    code: `await vitrine.asset.list.mutate({});`,
    error: /Property 'mutate' does not exist/,
  },
  {
    name: 'an error code that does not exist',
    code: `isVitrineError(new Error('x'), 'sunburn');`,
    error: /'"sunburn"' is not assignable/,
  },
  {
    name: 'a switch that forgets a kind',
    code: `const asset = await vitrine.asset.get.query({ id: clientId });
switch (asset.type) {
  case 'image': case 'video': case 'audio': break;
  default: asset satisfies never;
}`,
    error: /does not satisfy the expected type 'never'/,
  },
];

/** The file that a misuse is compiled in. */
export function misuseFile({ code }: Misuse): string {
  return `import { createVitrineClient, isVitrineError } from '@vitrine/client';
export { isVitrineError };
const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
const vitrine = createVitrineClient({ url: 'http://localhost:4400' });
${code}
`;
}
