import type { ClientId } from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import type { Readers, Writers } from '../ports/database.ts';

const number = new Intl.NumberFormat('en');

/** Fails with `quota_exceeded` when the client would hold more than it may, if so much came on top. */
export async function assertRoomFor(
  readers: Readers,
  clientId: ClientId,
  more: { readonly bytes: number; readonly assets: number },
): Promise<void> {
  const { maxBytes, maxAssets } = await readers.clients.quota(clientId);
  if (maxBytes === null && maxAssets === null) return;
  const { bytes, count } = await readers.clients.stats(clientId);
  const over = (what: string, most: number, has: number) =>
    new AppError(
      'quota_exceeded',
      `The client may hold ${number.format(most)} ${what} and has ${number.format(has)}; this would be more. Remove something, or ask an owner for a larger quota.`,
    );
  if (maxBytes !== null && bytes + more.bytes > maxBytes) throw over('bytes', maxBytes, bytes);
  if (maxAssets !== null && count + more.assets > maxAssets) throw over('assets', maxAssets, count);
}

/**
 * The same once what comes is counted, in its transaction: of several at once that would be too much together, the last ones fail.
 */
export async function assertWithinQuota(writers: Writers, clientId: ClientId): Promise<void> {
  await writers.clients.lockQuota(clientId);
  await assertRoomFor(writers, clientId, { bytes: 0, assets: 0 });
}
