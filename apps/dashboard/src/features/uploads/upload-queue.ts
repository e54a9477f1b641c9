import type { IngestOutcome } from '@vitrine/schema';

/** A file, and the folder that it lay in; null: in none. */
export interface UploadFile {
  readonly file: File;
  readonly path: string | null;
}

/** Where an upload goes. */
export interface UploadTarget {
  readonly clientId: string;
  readonly campaignId: string | null;
  /** Of which asset it is a new version; left out: an asset of its own. */
  readonly assetId?: string;
  /** Whether the same bytes become an asset again where there is one. */
  readonly keepBoth?: true;
  /** What the person calls it: the client's or campaign's name. */
  readonly name: string;
}

/** What became of a file that arrived. */
export interface Stored {
  readonly assetId: string;
  readonly outcome: IngestOutcome;
}

export type UploadState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly sent: number }
  /** All bytes are sent; the server reads and stores the file. */
  | { readonly kind: 'checking' }
  | ({ readonly kind: 'done' } & Stored)
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** One file on its way. `size` and `sent` are bytes of the file. */
export interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly target: UploadTarget;
  readonly state: UploadState;
}

export type UploadEvent =
  | { readonly type: 'added'; readonly uploads: readonly Omit<Upload, 'state'>[] }
  | { readonly type: 'started'; readonly id: string }
  | { readonly type: 'progressed'; readonly id: string; readonly sent: number }
  | ({ readonly type: 'finished'; readonly id: string } & Stored)
  | { readonly type: 'refused'; readonly id: string; readonly reason: string }
  | { readonly type: 'cancelled'; readonly id: string }
  | { readonly type: 'retried'; readonly id: string }
  /** Takes it off the list. */
  | { readonly type: 'removed'; readonly id: string }
  /** Takes everything that is over off the list. */
  | { readonly type: 'cleared' };

export function isOver({ state }: Upload): boolean {
  return state.kind === 'done' || state.kind === 'refused' || state.kind === 'cancelled';
}

export function isMoving({ state }: Upload): boolean {
  return state.kind === 'sending' || state.kind === 'checking';
}

/** The state after an event, or the same state when the event comes too late to matter. */
function nextState(
  upload: Upload,
  event: Exclude<UploadEvent, { type: 'added' | 'removed' | 'cleared' }>,
): UploadState {
  const { state } = upload;
  switch (event.type) {
    case 'started':
      return state.kind === 'waiting' ? { kind: 'sending', sent: 0 } : state;
    case 'progressed':
      if (state.kind !== 'sending') return state;
      return event.sent >= upload.size
        ? { kind: 'checking' }
        : { kind: 'sending', sent: Math.max(state.sent, event.sent) };
    case 'finished':
      return isMoving(upload) ? { kind: 'done', assetId: event.assetId, outcome: event.outcome } : state;
    case 'refused':
      return isOver(upload) ? state : { kind: 'refused', reason: event.reason };
    case 'cancelled':
      return isOver(upload) ? state : { kind: 'cancelled' };
    case 'retried':
      return state.kind === 'refused' || state.kind === 'cancelled' ? { kind: 'waiting' } : state;
    default:
      return event satisfies never;
  }
}

/** What the list of uploads looks like after an event. */
export function reduceUploads(uploads: readonly Upload[], event: UploadEvent): readonly Upload[] {
  switch (event.type) {
    case 'added':
      return [
        ...uploads,
        ...event.uploads.map((upload) => ({ ...upload, state: { kind: 'waiting' as const } })),
      ];
    case 'removed':
      return uploads.filter(({ id }) => id !== event.id);
    case 'cleared':
      return uploads.filter((upload) => !isOver(upload));
    default:
      return uploads.map((upload) => {
        if (upload.id !== event.id) return upload;
        const state = nextState(upload, event);
        return state === upload.state ? upload : { ...upload, state };
      });
  }
}

/** The uploads that may begin now, so that no more than `limit` move at once. */
export function uploadsToStart(uploads: readonly Upload[], limit: number): readonly Upload[] {
  const free = limit - uploads.filter(isMoving).length;
  return uploads.filter(({ state }) => state.kind === 'waiting').slice(0, Math.max(0, free));
}
