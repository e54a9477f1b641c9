import { AppError } from '../app-error.ts';
import type { Writers } from '../ports/database.ts';
import type { ShareWriter } from './share-repository.ts';

/**
 * Before something is deleted that links may show: those that have ended are forgotten with it (the audit log keeps that they were), and
 * while one is active it fails with `in_use`.
 */
export async function assertNotShared(
  writers: Writers,
  of: Parameters<ShareWriter['forgetEnded']>[0]['of'],
  at: number,
): Promise<void> {
  const active = await writers.shares.forgetEnded({ of, at });
  if (active === 0) return;
  const links = active === 1 ? '1 share link shows' : `${active} share links show`;
  throw new AppError('in_use', `${links} it. Revoke ${active === 1 ? 'it' : 'them'} first.`);
}
