import { AppError } from './app-error.ts';

const mostTries = 3;

/** A transaction that the database gave up for another one's sake is done again. */
export async function tryAgain<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'unavailable';
      if (!isBusy || tries === mostTries) throw error;
    }
  }
}
