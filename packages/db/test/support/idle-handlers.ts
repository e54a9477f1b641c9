import type { JobHandlers } from '@vitrine/core';

const idle = { run: async () => {} };

/** Handlers that do nothing, of every kind of job; tests put their own in place of some. */
export const idleHandlers: JobHandlers = {
  'asset.read_text': idle,
  'asset.show': idle,
  'blob.collect': idle,
  'blob.verify': idle,
  'trash.purge': idle,
  'search.sweep': idle,
  'rendition.make': idle,
  'rendition.sweep': idle,
  'import.fetch': idle,
  'mail.reset': idle,
};
