import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { assetTypeSchema } from '@vitrine/schema';
import multer, { type StorageEngine } from 'multer';
import { z } from 'zod';
import { exampleAsset } from './example-assets.ts';

/** What one upload looked like to the server. */
interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly fields: Readonly<Record<string, string>>;
  /** The names of the fields that had arrived when the file began. */
  readonly fieldsBeforeFile: readonly string[];
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
}

const fieldsSchema = z.record(z.string(), z.string());
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(handler: Handler, options: { asksFirst?: Handler } = {}) {
  const server = createServer(handler);
  if (options.asksFirst) server.on('checkContinue', options.asksFirst);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers every request with this handler. `asksFirst` gets those that ask before they send their body. */
export const startServer = listen;

/** A server that parses forms with multer, keeps no byte, and answers 201 with an asset of the promised kind. */
export async function startUploadServer() {
  const received: Received[] = [];
  const aborted: string[] = [];
  const handler: Handler = (request, response) => {
    const storage: StorageEngine = {
      _handleFile(form, file, done) {
        const hash = createHash('sha256');
        let size = 0;
        const fieldsBeforeFile = Object.keys(fieldsSchema.parse({ ...form.body }));
        file.stream.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          hash.update(chunk);
        });
        file.stream.on('error', done);
        file.stream.on('end', () => {
          const { method, url, headers } = request;
          received.push({
            method,
            url,
            headers,
            fields: {},
            fieldsBeforeFile,
            fileName: file.originalname,
            size,
            sha256: hash.digest('hex'),
          });
          done(null, { size });
        });
      },
      _removeFile: (_request, _file, done) => done(null),
    };
    const receive = multer({ storage, defParamCharset: 'utf8' }).single('file');
    // Multer needs of Express only what Node's own request has.
    Reflect.apply(receive, undefined, [
      request,
      response,
      (error: unknown) => {
        if (error) {
          aborted.push(String(error));
          response.destroy();
          return;
        }
        const fields = fieldsSchema.parse({ ...Reflect.get(request, 'body') });
        const last = received.pop();
        if (last) received.push({ ...last, fields });
        const type = assetTypeSchema.catch('image').parse(fields['type']);
        const asset = { ...exampleAsset(type), name: fields['name'] ?? last?.fileName };
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(asset));
      },
    ]);
  };
  const server = await listen(handler);
  return { ...server, received, aborted };
}
