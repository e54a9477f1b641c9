import { AppError, type MediaRenderer } from '@vitrine/core';

/** Stands in until there is one. */
export const noRenderer: MediaRenderer = {
  // biome-ignore lint/correctness/useYield: it has nothing to yield
  async *render() {
    throw new AppError('unavailable', 'Nothing is made in this version.');
  },
  close: async () => {},
};
