import { createHash, randomUUID } from 'node:crypto';
import { exampleAsset } from './example-assets.ts';
import { startServer } from './start-upload-server.ts';

interface Running {
  readonly length: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly pieces: Buffer[];
}

export interface FakeTusOptions {
  /** The connections of these PATCH requests, counted from 1, break after so many bytes. */
  readonly breaks?: Readonly<Record<number, number>>;
  /** Answers instead of taking the bytes: the first so many PATCH requests find the upload locked. */
  readonly locked?: number;
  /** Says this of the bytes once they are there. */
  readonly refusal?: { readonly status: number; readonly problem: object };
  /** Keeps what comes; otherwise only its length. */
  readonly keep?: boolean;
}

function texts(header: string | undefined): Record<string, string> {
  const pairs = (header ?? '').split(',').map((pair) => pair.split(' '));
  return Object.fromEntries(
    pairs.map(([name = '', text = '']) => [name, Buffer.from(text, 'base64').toString('utf8')]),
  );
}

/** The protocol in a few lines, with a network that breaks where it is told to. */
export async function startFakeTusServer({
  breaks = {},
  locked = 0,
  refusal,
  keep = true,
}: FakeTusOptions = {}) {
  const uploads = new Map<string, Running & { received: number }>();
  const requests: string[] = [];
  let patches = 0;
  const server = await startServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push(`${method} ${url === '/api/tus' ? url : 'one'}`);
    response.setHeader('Tus-Resumable', '1.0.0');
    const answer = (status: number, more: Record<string, string> = {}, body?: object) =>
      response.writeHead(status, more).end(body && JSON.stringify(body));
    if (method === 'POST') {
      const address = `/api/tus/${randomUUID()}`;
      const length = Number(headers['upload-length']);
      const metadata = texts(String(headers['upload-metadata']));
      uploads.set(address, { length, metadata, pieces: [], received: 0 });
      return answer(201, { location: address });
    }
    const upload = uploads.get(url);
    if (!upload) return answer(404);
    const place = () => ({ 'upload-offset': String(upload.received) });
    if (method === 'DELETE') {
      uploads.delete(url);
      return answer(204);
    }
    const settled = () => {
      if (refusal) return answer(refusal.status, {}, method === 'HEAD' ? undefined : refusal.problem);
      return answer(200, { ...place(), 'vitrine-outcome': 'created' }, exampleAsset('image'));
    };
    if (method === 'HEAD') return upload.received === upload.length ? settled() : answer(200, place());
    patches += 1;
    if (patches <= locked) return answer(423);
    if (Number(headers['upload-offset']) !== upload.received) return answer(409);
    let left = breaks[patches] ?? Number.POSITIVE_INFINITY;
    if (headers.expect) response.writeContinue();
    try {
      for await (const chunk of request) {
        const taken: Buffer = chunk.subarray(0, left);
        upload.received += taken.length;
        if (keep) upload.pieces.push(taken);
        left -= taken.length;
        if (left > 0) continue;
        request.socket.destroy();
        return undefined;
      }
    } catch {
      return undefined;
    }
    return upload.received === upload.length ? settled() : answer(204, place());
  });
  return {
    ...server,
    requests,
    uploads: () =>
      [...uploads.values()].map(({ pieces, metadata, received }) => ({
        metadata,
        received,
        sha256: createHash('sha256').update(Buffer.concat(pieces)).digest('hex'),
      })),
  };
}
