import { AppError } from '../app-error.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { addressBlock } from './address-block.ts';
import { type Allowance, countAttempt } from './attempt-limit.ts';

const windowMs = 15 * 60_000;

/** A try to open a link that asks for a password. */
interface LinkTry {
  /** The link, in words that no other kind of link has. */
  readonly link: string;
  /** Where from; null where nobody knows. */
  readonly address: string | null;
  readonly password: string;
  readonly passwordHash: string;
}

/** How many wrong passwords a link takes: from one sender, and from all together, for whoever holds many addresses. */
function allowancesOf({ link, address }: LinkTry): readonly Allowance[] {
  return [
    { key: `${link}:${addressBlock(address ?? '')}`, max: 10, windowMs },
    { key: link, max: 100, windowMs },
  ];
}

/** Resolves for the right password, which does not count as a try. Fails with `forbidden` for a wrong one, and `rate_limited`. */
export async function assertLinkPassword(
  { database, clock, passwords }: Pick<ServiceDependencies, 'database' | 'clock' | 'passwords'>,
  attempt: LinkTry,
): Promise<void> {
  const allowances = allowancesOf(attempt);
  await countAttempt({ database, clock }, allowances);
  if (!(await passwords.verify(attempt.password, attempt.passwordHash))) {
    throw new AppError('forbidden', 'This is not the password of the link. Check it, and try again.');
  }
  await database.transaction(async ({ attempts }) => {
    for (const { key } of allowances) await attempts.takeBack(key);
  });
}
