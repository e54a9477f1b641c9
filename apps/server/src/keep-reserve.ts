import type { DiskRoom } from '@vitrine/storage';
import type { Logger } from 'pino';

/** Late enough that a command is over by then. */
const firstMs = 3_000;
const everyMs = 60_000;

/** Makes the reserve of a disk, and makes it again when there is room; disposing it waits for what it is at. */
export function keepReserve(room: DiskRoom, logger: Logger): AsyncDisposable {
  let under: Promise<void> = Promise.resolve();
  async function look(): Promise<void> {
    try {
      if (await room.refill()) logger.info('the reserve for a full disk was made');
    } catch (error) {
      logger.warn({ err: error }, 'the reserve for a full disk could not be made; tried again in a minute');
    }
  }
  const again = () => {
    under = look().then(() => {
      timer = setTimeout(again, everyMs).unref();
    });
  };
  let timer = setTimeout(again, firstMs).unref();
  return {
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await under;
      clearTimeout(timer);
    },
  };
}
