import { guestReceiptSchema, problemSchema } from '@vitrine/schema';

interface Sending {
  readonly address: string;
  readonly file: File;
  /** The guest's name. */
  readonly sender: string;
  /** 0 to 1, now and then. */
  readonly onProgress: (share: number) => void;
}

/** Sends one file; rejects with the reason in words. Not `fetch`, which does not tell how much has gone. */
export function sendFile({ address, file, sender, onProgress }: Sending): Promise<void> {
  const form = new FormData();
  form.append('sender', sender);
  form.append('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Error('The connection broke. Try it again.'));
    request.onload = () => {
      if (guestReceiptSchema.safeParse(request.response).success) {
        resolve();
        return;
      }
      const problem = problemSchema.safeParse(request.response);
      reject(new Error(problem.data?.detail ?? 'The server did not take the file. Try it again.'));
    };
    request.send(form);
  });
}
