import { isMoving, isOver, type Upload } from './upload-queue.ts';

/** The whole list in figures. */
export interface UploadSummary {
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  /** Waiting or moving. */
  readonly open: number;
  /** Share of the bytes that are sent, 0–1, of what was not cancelled or refused. */
  readonly progress: number;
}

function sentOf({ state, size }: Upload): number {
  switch (state.kind) {
    case 'waiting':
    case 'refused':
    case 'cancelled':
      return 0;
    case 'sending':
      return state.sent;
    case 'checking':
    case 'done':
      return size;
    default:
      return state satisfies never;
  }
}

export function summarise(uploads: readonly Upload[]): UploadSummary {
  const counted = uploads.filter((upload) => !isOver(upload) || upload.state.kind === 'done');
  const bytes = counted.reduce((sum, { size }) => sum + size, 0);
  const sent = counted.reduce((sum, upload) => sum + sentOf(upload), 0);
  return {
    total: uploads.length,
    done: uploads.filter(({ state }) => state.kind === 'done').length,
    refused: uploads.filter(({ state }) => state.kind === 'refused').length,
    open: uploads.filter((upload) => isMoving(upload) || upload.state.kind === 'waiting').length,
    progress: bytes === 0 ? 1 : sent / bytes,
  };
}
