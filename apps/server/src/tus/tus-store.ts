import { DataStore, Metadata, Upload } from '@tus/server';
import { parsedInput } from '@vitrine/api';
import { AppError, type Caller, type HeldUpload, type Ingested, type Services, uuidIds } from '@vitrine/core';
import { uploadIdSchema } from '@vitrine/schema';
import type { Request, Response } from 'express';
import { checksumOf } from './upload-checksum.ts';
import { describedBy } from './upload-metadata.ts';

/** What the server can do beside the core of the protocol. */
export const tusExtensions = [
  'creation',
  'creation-with-upload',
  'creation-defer-length',
  'termination',
  'expiration',
  'checksum',
];

/** A sender that says nothing for so long has gone, whatever its connection says; others may then go on. */
const silenceMs = 60_000;
/** The library adds it to the creation to know when an upload is over; we tell it a creation that makes the sum right. */
const expirationMs = 24 * 3600_000;

const goneCodes = new Set<unknown>(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

export interface TusRequest {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
}

/** What one request does with one upload. */
export interface TusExchange {
  readonly store: DataStore;
  readonly locker: { newLock(id: string): { lock(): Promise<void>; unlock(): Promise<void> } };
  /** The id of a new upload. */
  readonly name: () => string;
  /** What came of the upload; null while bytes are missing. */
  settled(): Ingested | null;
}

/** Whether the sender went away: every other error is the server's own, also where it has closed the connection because of it. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && goneCodes.has(error.code);
}

/** A store for @tus/server that knows who asks: one for each request, over the uploads' use case. */
export function createTusExchange(
  { resumable }: Pick<Services, 'resumable'>,
  { request, response, caller }: TusRequest,
): TusExchange {
  let hold: HeldUpload | null = null;
  let born: string | null = null;
  let settled: Ingested | null = null;

  function held(): HeldUpload {
    if (!hold) throw new Error('An upload was used without its lock.');
    return hold;
  }

  function present({ upload }: HeldUpload): Upload {
    return new Upload({
      id: upload.id,
      offset: upload.received,
      ...(upload.length !== null && { size: upload.length }),
      ...(upload.metadata && { metadata: Metadata.parse(upload.metadata) }),
      creation_date: new Date(upload.expiresAt - expirationMs).toISOString(),
    });
  }

  async function receive(upload: HeldUpload): Promise<void> {
    const silent = new AbortController();
    request.setTimeout(silenceMs, () => {
      silent.abort(new AppError('unavailable', 'Nothing came for a minute. Ask with HEAD and go on.'));
    });
    if (request.get('expect')) response.writeContinue();
    try {
      await upload.receive({
        source: request,
        checksum: checksumOf(request.get('upload-checksum')),
        signal: silent.signal,
      });
    } catch (error) {
      if (!isGone(error)) throw error;
      throw new AppError('invalid_input', 'The connection ended before the piece did.', { cause: error });
    } finally {
      request.setTimeout(0);
    }
  }

  const store = Object.assign(new DataStore(), {
    extensions: tusExtensions,
    getExpiration: () => expirationMs,
    async create(upload: Upload) {
      const metadata = upload.metadata ?? {};
      hold = await resumable.create(caller, {
        ...describedBy(metadata),
        id: parsedInput(uploadIdSchema, upload.id),
        metadata: upload.metadata ? Metadata.stringify(metadata) : null,
        length: upload.size ?? null,
      });
      return Object.assign(upload, present(hold));
    },
    async declareUploadLength(_id: string, length: number) {
      await held().setLength(length);
    },
    // Not the stream that is offered: it is the request behind five others, which cost more than the writing.
    async write() {
      const upload = held();
      if (upload.upload.received !== upload.upload.length) await receive(upload);
      settled = await upload.settle();
      return upload.upload.received;
    },
    async getUpload() {
      const upload = held();
      // To senders an upload that is whole is done, so it is done before they are told.
      if (request.method === 'HEAD') settled = await upload.settle();
      return present(upload);
    },
    async remove() {
      await held().remove();
    },
  });

  return {
    store,
    locker: {
      newLock: (id) => ({
        async lock() {
          const known = parsedInput(uploadIdSchema, id);
          // A new upload is born locked.
          if (born === id) return;
          hold = await resumable.hold(caller, known);
        },
        async unlock() {
          await hold?.[Symbol.asyncDispose]();
        },
      }),
    },
    name() {
      born = uuidIds.upload();
      return born;
    },
    settled: () => settled,
  };
}
