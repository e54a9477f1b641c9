import type { SendUpload, UploadRequest } from './upload-transport.ts';

interface WebUpload extends UploadRequest {
  readonly file: Blob;
  readonly form: FormData;
}

// Only XMLHttpRequest tells how much of a body has been sent.
function sendByXhr({ url, headers, file, form, onProgress, signal }: WebUpload) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      // The browser counts the whole form; the caller knows only the file.
      const share = total > 0 ? loaded / total : 0;
      onProgress?.({ sent: Math.round(share * file.size), total: file.size });
    });
    request.addEventListener('load', () => resolve({ status: request.status, body: request.responseText }));
    request.addEventListener('error', () => reject(new TypeError('The upload got no answer.')));
    request.addEventListener('abort', () => reject(signal?.reason));
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort));
    signal?.addEventListener('abort', abort, { once: true });
    request.send(form);
  });
}

async function sendByFetch({ url, headers, file, form, fetch, onProgress, signal }: WebUpload) {
  const send = fetch ?? globalThis.fetch;
  onProgress?.({ sent: 0, total: file.size });
  const response = await send(url, { method: 'POST', headers, body: form, signal: signal ?? null });
  onProgress?.({ sent: file.size, total: file.size });
  return { status: response.status, body: await response.text() };
}

/** Uploads in browsers and workers. */
export const sendUpload: SendUpload = async (request) => {
  const { source: file, fields, fetch, signal } = request;
  if (!(file instanceof Blob)) {
    throw new TypeError('Here only a File or a Blob can be uploaded; paths and streams need Node.');
  }
  signal?.throwIfAborted();
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  // Without a file name of its own, a Blob would be called "blob" by the browser.
  form.append('file', file, file instanceof File ? file.name : 'file');
  const upload = { ...request, file, form };
  return !fetch && typeof XMLHttpRequest === 'function' ? sendByXhr(upload) : sendByFetch(upload);
};
