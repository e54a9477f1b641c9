import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from './app-error.ts';

const mostTries = 8;
const longestPauseMs = 20;

/**
 * A transaction that the database gave up for another one's sake is done again, after pauses that grow and differ, so that the same
 * two do not meet again.
 */
export async function tryAgain<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'unavailable';
      if (!isBusy || tries === mostTries) throw error;
      await pause(Math.random() * longestPauseMs * 2 ** tries);
    }
  }
}
