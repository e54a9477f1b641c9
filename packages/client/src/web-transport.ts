import type {
  OpenRereadable,
  OpenResumeStore,
  PieceRequest,
  SendPiece,
  SendUpload,
  UploadAnswer,
} from './upload-transport.ts';

interface Exchange extends Pick<PieceRequest, 'url' | 'headers' | 'fetch' | 'signal'> {
  readonly method: string;
  readonly body: Blob | FormData | null;
  /** Bytes of the body that have been sent, and how many there are. */
  readonly onSent: (sent: number, total: number) => void;
}

// Only XMLHttpRequest tells how much of a body has been sent.
function exchangeByXhr({ method, url, headers, body, onSent, signal }: Exchange): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (body) request.upload.addEventListener('progress', ({ loaded, total }) => onSent(loaded, total));
    request.addEventListener('load', () =>
      resolve({
        status: request.status,
        header: (name) => request.getResponseHeader(name),
        body: request.responseText,
      }),
    );
    request.addEventListener('error', () => reject(new TypeError('The upload got no answer.')));
    request.addEventListener('abort', () => reject(signal?.reason));
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort));
    signal?.addEventListener('abort', abort, { once: true });
    request.send(body);
  });
}

async function exchangeByFetch({ method, url, headers, body, fetch, onSent, signal }: Exchange) {
  const send = fetch ?? globalThis.fetch;
  onSent(0, 1);
  const response = await send(url, { method, headers, body, signal: signal ?? null });
  onSent(1, 1);
  const header = (name: string) => response.headers.get(name);
  return { status: response.status, header, body: await response.text() };
}

function exchangeOnce(exchange: Exchange): Promise<UploadAnswer> {
  return !exchange.fetch && typeof XMLHttpRequest === 'function'
    ? exchangeByXhr(exchange)
    : exchangeByFetch(exchange);
}

/** Uploads in browsers and workers. */
export const sendUpload: SendUpload = async (request) => {
  const { url, headers, source: file, fields, fetch, onProgress, signal } = request;
  if (!(file instanceof Blob)) {
    throw new TypeError('Here only a File or a Blob can be uploaded; paths and streams need Node.');
  }
  signal?.throwIfAborted();
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  // Without a file name of its own, a Blob would be called "blob" by the browser.
  form.append('file', file, file instanceof File ? file.name : 'file');
  return exchangeOnce({
    ...{ method: 'POST', url, headers, body: form, fetch, signal },
    // The browser counts the whole form; the caller knows only the file.
    onSent(sent, total) {
      onProgress?.({ sent: total > 0 ? Math.round((sent / total) * file.size) : 0, total: file.size });
    },
  });
};

export const openRereadable: OpenRereadable = async () => null;

export const sendPiece: SendPiece = async ({ method, url, headers, piece, fetch, onSent, signal }) => {
  signal?.throwIfAborted();
  const { file, start = 0, end = 0 } = piece ?? {};
  const body = file?.content instanceof Blob ? file.content.slice(start, end) : null;
  return exchangeOnce({
    ...{ method, url, headers, body, fetch, signal },
    onSent: (sent, total) => onSent?.(total > 0 ? Math.round((sent / total) * (end - start)) : 0),
  });
};

export const openResumeStore: OpenResumeStore = () => {
  throw new TypeError('A store in a file needs Node; here, give a store of your own.');
};
