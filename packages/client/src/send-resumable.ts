import { sendPiece } from '#upload-transport';
import { pause } from './pause.ts';
import type { ResumeStore } from './resume-store.ts';
import type {
  PieceRequest,
  RereadableFile,
  UnreadableFile,
  UploadAnswer,
  UploadRequest,
} from './upload-transport.ts';

export interface ResumableRequest extends Omit<UploadRequest, 'headers' | 'source'> {
  /** Asked for each request: an upload may outlive a token. */
  readonly headers: () => Promise<Record<string, string>>;
  readonly file: RereadableFile;
  readonly resume?: ResumeStore | undefined;
}

const pieceBytes = 32 * 1024 * 1024;
/** Between tries without any progress, in milliseconds; then the last failure is told. */
const pauses = [500, 1000, 2000, 4000, 8000, 15_000];

/** Statuses that say nothing against the upload itself. */
function mayPass(status: number): boolean {
  return status === 409 || status === 423 || status === 429 || (status >= 500 && status !== 507);
}

// By its name: the transports are programs of their own, and a class would be another one there.
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && error.name === ('UnreadableFile' satisfies UnreadableFile);
}

/** UTF-8 in Base64, in browsers too. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

/** Where a running upload is, and how far it has come. */
interface Place {
  readonly address: string;
  readonly offset: number;
}

/**
 * Sends a file in pieces after the tus protocol, goes on where a broken connection left it, and resolves with the last answer, or with
 * the one that refused. Rejects as `SendUpload` does once nothing has gone forward for half a minute.
 */
export async function sendResumable(request: ResumableRequest): Promise<UploadAnswer> {
  const { url, fields, file, fetch, onProgress, signal, resume } = request;
  const fingerprint = file.identity && JSON.stringify([url, fields, file.identity]);
  let failures = 0;

  async function send(
    method: PieceRequest['method'],
    address: string,
    more: Pick<PieceRequest, 'onSent'> & {
      readonly headers?: Record<string, string>;
      readonly piece?: PieceRequest['piece'];
    } = {},
  ): Promise<UploadAnswer> {
    const headers = { ...(await request.headers()), 'tus-resumable': '1.0.0', ...more.headers };
    const { piece = null, onSent } = more;
    return sendPiece({ method, url: address, headers, piece, fetch, signal, ...(onSent && { onSent }) });
  }

  /** As often as there is hope. */
  async function patiently(attempt: () => Promise<UploadAnswer>): Promise<UploadAnswer> {
    for (;;) {
      const answer = await attempt().catch((error: unknown) => {
        if (signal?.aborted || isUnreadable(error) || pauses[failures] === undefined) throw error;
        return null;
      });
      if (answer && !mayPass(answer.status)) return answer;
      const wait = pauses[failures];
      if (answer && wait === undefined) return answer;
      failures += 1;
      await pause(wait ?? 0, signal);
    }
  }

  const forget = async () => {
    if (fingerprint) await resume?.delete(fingerprint);
  };

  async function begin(): Promise<Place | UploadAnswer> {
    const metadata = [...fields, ['filename', file.name] as const];
    const answer = await patiently(() =>
      send('POST', url, {
        headers: {
          'upload-length': String(file.size),
          'upload-metadata': metadata.map(([name, text]) => `${name} ${base64(text)}`).join(','),
        },
      }),
    );
    const location = answer.header('location');
    if (answer.status !== 201 || location === null) return answer;
    // Beside the one that it was asked at: a proxy may have it under a path that the server knows nothing of.
    const address = `${url}/${location.split('/').at(-1)}`;
    if (fingerprint) await resume?.set(fingerprint, address);
    return { address, offset: 0 };
  }

  /** Where it is by the server's word; null when the server knows it no more. */
  async function locate(address: string): Promise<Place | null> {
    const answer = await patiently(() => send('HEAD', address));
    if (answer.status !== 200) return null;
    return { address, offset: Number(answer.header('upload-offset')) };
  }

  async function resumed(): Promise<Place | null> {
    const address = fingerprint && (await resume?.get(fingerprint));
    return address ? locate(address) : null;
  }

  function sendFrom({ address, offset }: Place): Promise<UploadAnswer> {
    const end = Math.min(offset + pieceBytes, file.size);
    return send('PATCH', address, {
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
      // Of a file that is there whole only the answer is wanted.
      piece: end > offset ? { file, start: offset, end } : null,
      onSent: (sent) => onProgress?.({ sent: offset + sent, total: file.size }),
    });
  }

  async function sendAll(start: Place): Promise<UploadAnswer> {
    let place = start;
    for (;;) {
      const answer = await sendFrom(place).catch((error: unknown) => {
        if (signal?.aborted || isUnreadable(error) || pauses[failures] === undefined) throw error;
        return null;
      });
      if (answer?.status === 204) {
        failures = 0;
        place = { ...place, offset: Number(answer.header('upload-offset')) };
        continue;
      }
      const wait = pauses[failures];
      if (answer && (!mayPass(answer.status) || wait === undefined)) return answer;
      failures += 1;
      await pause(wait ?? 0, signal);
      const found = await locate(place.address);
      // It was refused, or forgotten, and an answer to HEAD has no room for a reason.
      if (!found) return patiently(() => sendFrom({ ...place, offset: file.size }));
      if (found.offset > place.offset) failures = 0;
      place = found;
    }
  }

  const start = (await resumed()) ?? (await begin());
  if (!('address' in start)) return start;
  try {
    const answer = await sendAll(start);
    // Of any other refusal the server may have kept the bytes, e.g. until there is room for them.
    if (answer.status < 300 || answer.status === 415 || answer.status === 422) await forget();
    return answer;
  } catch (error) {
    // Nobody will ask for it again.
    if (signal?.aborted && !resume) await abandon(start.address, request);
    throw error;
  }
}

async function abandon(url: string, { headers, fetch }: ResumableRequest): Promise<void> {
  const own = { ...(await headers()), 'tus-resumable': '1.0.0' };
  await sendPiece({ method: 'DELETE', url, headers: own, piece: null, fetch }).catch(() => {});
}
