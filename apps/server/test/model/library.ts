import { createHash } from 'node:crypto';
import { assetSchema, assetVersionSchema, problemSchema, trashedAssetSchema } from '@vitrine/schema';
import { z } from 'zod';
import { formOf } from '../small-files.ts';
import { jsonRequest, type TestServer } from '../start-server.ts';
import type { Answer, Command, ModelAsset } from './library-model.ts';

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** One client of a real server, asked over HTTP. */
export interface Library {
  readonly server: TestServer;
  readonly clientId: string;
  /** The files there are, by their hash. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Lets days go by, so that the collector may delete. */
  later(): void;
}

function shown(body: unknown, outcome: string | null): Answer {
  const asset = assetSchema.parse(body);
  const { id, name, campaignId: campaign, tags, rowVersion, sha256, version } = asset;
  const facts = { id, name, campaign, tags: [...tags].sort(), rowVersion, sha256, version };
  return { ok: true, ...(outcome && { outcome }), asset: facts };
}

async function answered(answer: Response): Promise<Answer> {
  const body: unknown = await answer.json();
  if (!answer.ok) return { ok: false, code: problemSchema.parse(body).code };
  if (z.object({ success: z.literal(true) }).safeParse(body).success) return { ok: true };
  return shown(body, answer.headers.get('vitrine-outcome'));
}

const bytesOf = ({ files }: Library, sha256: string) => files.get(sha256) ?? Buffer.alloc(0);

async function sendForm(library: Library, sha256: string, fields: Readonly<Record<string, string>>) {
  const parts = [
    { name: 'clientId', value: library.clientId },
    ...Object.entries(fields).map(([name, value]) => ({ name, value })),
    { name: 'file', value: bytesOf(library, sha256), fileName: 'picture.png' },
  ];
  return library.server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
}

/** In two pieces, of which the first is cut off in the middle and sent again from where it got to. */
async function sendInPieces(library: Library, sha256: string, fields: Readonly<Record<string, string>>) {
  const { server, clientId } = library;
  const bytes = bytesOf(library, sha256);
  const metadata = Object.entries({ filename: 'picture.png', clientId, ...fields })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  const tus = { 'tus-resumable': '1.0.0' };
  const made = await server.request('/api/tus', {
    method: 'POST',
    headers: { ...tus, 'upload-length': `${bytes.length}`, 'upload-metadata': metadata },
  });
  if (made.status !== 201) return made;
  const address = new URL(made.headers.get('location') ?? '', server.url);
  const piece = (from: number, to: number) =>
    server.request(address.pathname, {
      method: 'PATCH',
      headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': `${from}` },
      body: new Uint8Array(bytes.subarray(from, to)),
    });
  const middle = Math.floor(bytes.length / 2);
  await (await piece(0, middle)).arrayBuffer();
  const head = await server.request(address.pathname, { method: 'HEAD', headers: tus });
  return piece(Number(head.headers.get('upload-offset')), bytes.length);
}

function send(
  { server }: Library,
  method: string,
  address: string,
  body: object,
  rowVersion?: number | null,
) {
  const request = jsonRequest(method, body);
  const condition = typeof rowVersion === 'number' ? { 'if-match': `"${rowVersion}"` } : {};
  return server.request(address, { ...request, headers: { ...request.headers, ...condition } });
}

/** Gives a command. `inPieces` sends bytes the resumable way. */
export async function give(library: Library, command: Command, inPieces: boolean): Promise<Answer> {
  const bytes = inPieces ? sendInPieces : sendForm;
  const edit = (id: string, body: object, rowVersion?: number | null) =>
    send(library, 'PATCH', `/api/v2/assets/${id}`, body, rowVersion).then(answered);
  const post = (id: string, what: string) =>
    send(library, 'POST', `/api/v2/assets/${id}/${what}`, {}).then(answered);
  switch (command.do) {
    case 'upload': {
      const { sha256, campaign, name, keep } = command;
      const place = { ...(campaign && { campaignId: campaign }), ...(keep && { duplicates: 'keep' }) };
      return answered(await bytes(library, sha256, { name, ...place }));
    }
    case 'replace': {
      const { id, sha256, rowVersion } = command;
      const fields = { assetId: id, ...(rowVersion !== null && { rowVersion: `${rowVersion}` }) };
      return answered(await bytes(library, sha256, fields));
    }
    case 'rename':
      return edit(command.id, { name: command.name }, command.rowVersion);
    case 'move':
      return edit(command.id, { campaignId: command.campaign });
    case 'tag':
      return edit(command.id, { tags: command.tags });
    case 'trash':
      return answered(await library.server.request(`/api/v2/assets/${command.id}`, { method: 'DELETE' }));
    case 'restore':
    case 'purge':
      return post(command.id, command.do);
    case 'restoreVersion':
      return post(command.id, `versions/${command.version}/restore`);
    case 'collect':
      library.later();
      await library.server.composition.services.collector.collect();
      return { ok: true };
    default:
      return command satisfies never;
  }
}

const pageSchema = z.object({ items: z.array(trashedAssetSchema) });

/** The client as it can be read: every asset with the hashes of its versions, in the trash or not. */
export async function read({ server, clientId }: Library): Promise<Map<string, ModelAsset>> {
  const found = new Map<string, ModelAsset>();
  const assets = await server.request(`/api/v2/clients/${clientId}/assets?limit=100`);
  for (const asset of z.array(assetSchema).parse(await assets.json())) {
    const { id, name, campaignId: campaign, tags, rowVersion } = asset;
    const answer = await server.request(`/api/v2/assets/${id}/versions`);
    const versions = z.array(assetVersionSchema).parse(await answer.json());
    found.set(id, {
      id,
      name,
      campaign,
      tags: [...tags].sort(),
      rowVersion,
      versions: versions.map(({ sha256 }) => sha256).reverse(),
      trashed: false,
    });
  }
  const trash = await server.request(`/api/v2/trash?clientId=${clientId}&limit=200`);
  for (const { id, name, campaignId: campaign, rowVersion } of pageSchema.parse(await trash.json()).items) {
    found.set(id, { id, name, campaign, tags: [], rowVersion, versions: [], trashed: true });
  }
  return found;
}
