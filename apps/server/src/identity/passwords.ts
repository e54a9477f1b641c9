import type { Clock, Database, Logger } from '@vitrine/core';
import { compare } from 'bcryptjs';
import { hashPassword, verifyPassword } from 'better-auth/crypto';

/** How passwords are kept: as the identity library does it. Those of the system before came as bcrypt. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
}

interface PasswordSettings {
  readonly library: Pick<Database, 'transaction'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Checks passwords against either kind of hash. One of the old system that was right is replaced by one of ours; should that fail, the person
 * is let in all the same, and it is tried again the next time.
 */
export function createPasswords({ library, clock, logger }: PasswordSettings): Passwords {
  async function upgrade(password: string, from: string): Promise<void> {
    try {
      const to = await hashPassword(password);
      await library.transaction((writers) => writers.people.replaceHash({ from, to, at: clock.now() }));
    } catch (error) {
      logger.warn({ err: error }, 'a password of the old system could not be kept anew');
    }
  }

  return {
    hash: hashPassword,
    async verify(password, hash) {
      if (!hash.startsWith('$2')) return verifyPassword({ password, hash });
      const right = await compare(password, hash);
      if (right) await upgrade(password, hash);
      return right;
    },
  };
}
