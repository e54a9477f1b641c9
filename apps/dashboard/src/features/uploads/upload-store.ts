import { formatBytes } from '../../lib/format-bytes.ts';
import type { sendUpload } from './api/send-upload.ts';
import {
  reduceUploads,
  type Upload,
  type UploadEvent,
  type UploadFile,
  type UploadTarget,
  uploadsToStart,
} from './upload-queue.ts';

interface UploadStoreOptions {
  send: typeof sendUpload;
  /** Called for every file that was stored. */
  onStored: (upload: Upload) => void;
}

interface AddInput {
  files: readonly UploadFile[];
  target: UploadTarget;
  /** Bytes; a larger file is refused without being sent. */
  maxBytes: number;
}

// Enough to hide each other's latency, few enough to leave connections for the pictures of the page.
const atOnce = 3;

/** All uploads of this page: they go on while the person browses. */
export class UploadStore {
  #uploads: readonly Upload[] = [];
  #count = 0;
  readonly #files = new Map<string, UploadFile>();
  readonly #aborts = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  readonly #options: UploadStoreOptions;

  constructor(options: UploadStoreOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly Upload[] => this.#uploads;

  add({ files, target, maxBytes }: AddInput): void {
    const uploads = files.map((one) => {
      this.#count += 1;
      const id = `upload-${this.#count}`;
      this.#files.set(id, one);
      return { id, fileName: one.file.name, size: one.file.size, target };
    });
    this.#apply({ type: 'added', uploads });
    for (const { id, size } of uploads) {
      if (size <= maxBytes) continue;
      const reason = `This file has ${formatBytes(size)}; the server takes up to ${formatBytes(maxBytes)}.`;
      this.#apply({ type: 'refused', id, reason });
    }
    this.#startWaiting();
  }

  cancel(id: string): void {
    this.#apply({ type: 'cancelled', id });
    this.#aborts.get(id)?.abort();
    this.#startWaiting();
  }

  retry(id: string): void {
    this.#apply({ type: 'retried', id });
    this.#startWaiting();
  }

  /** Sends a file once more whose bytes are there already, so that it becomes an asset of its own. */
  keepBoth(id: string): void {
    const upload = this.#uploads.find((one) => one.id === id);
    const file = this.#files.get(id);
    if (!upload || !file) return;
    this.#files.delete(id);
    this.#apply({ type: 'removed', id });
    this.add({ files: [file], target: { ...upload.target, keepBoth: true }, maxBytes: upload.size });
  }

  /** Takes what is over off the list. */
  clear(): void {
    this.#apply({ type: 'cleared' });
    const left = new Set(this.#uploads.map(({ id }) => id));
    for (const id of this.#files.keys()) if (!left.has(id)) this.#files.delete(id);
  }

  #apply(event: UploadEvent): void {
    this.#uploads = reduceUploads(this.#uploads, event);
    for (const listener of this.#listeners) listener();
  }

  #startWaiting(): void {
    for (const upload of uploadsToStart(this.#uploads, atOnce)) {
      this.#apply({ type: 'started', id: upload.id });
      void this.#run(upload);
    }
  }

  async #run(upload: Upload): Promise<void> {
    const { id, target } = upload;
    const chosen = this.#files.get(id);
    if (!chosen) return;
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    try {
      const onProgress = (sent: number) => this.#apply({ type: 'progressed', id, sent });
      const stored = await this.#options.send({ ...chosen, target, signal: abort.signal, onProgress });
      this.#apply({ type: 'finished', id, ...stored });
      // Kept where the person may still say that they want both.
      if (stored.outcome !== 'deduplicated') this.#files.delete(id);
      this.#options.onStored(upload);
    } catch (error) {
      this.#apply({ type: 'refused', id, reason: error instanceof Error ? error.message : String(error) });
    } finally {
      if (this.#aborts.get(id) === abort) this.#aborts.delete(id);
      this.#startWaiting();
    }
  }
}
