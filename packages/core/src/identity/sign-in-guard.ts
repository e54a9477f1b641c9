import { createHash } from 'node:crypto';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { addressBlock } from './address-block.ts';
import { type Allowance, countAttempt } from './attempt-limit.ts';

/** Which account is tried, known or not, and from where. */
export interface SignInAttempt {
  readonly email: string;
  readonly address: string;
}

/**
 * The throttle of wrong passwords, kept in the database: it holds for all processes and through restarts. It looks at what was
 * typed, never at accounts, so nobody learns from it which there are.
 */
export interface SignInGuard {
  /** Counts a try that is about to be made. Fails with `rate_limited`. */
  begin(attempt: SignInAttempt): Promise<void>;
  /** The password was right: takes the try back and knows the address for this account from now on. */
  succeeded(attempt: SignInAttempt): Promise<void>;
  /** Counts somebody's wish for another password by mail. Fails with `rate_limited`. */
  forgot(attempt: SignInAttempt): Promise<void>;
  /** Forgets what is over; answers how much. */
  prune(): Promise<number>;
}

const minuteMs = 60_000;
const knownMs = 30 * 24 * 60 * minuteMs;

/** Hashed: what people type into the wrong field is not kept. */
function keyOf(kind: string, ...parts: readonly string[]): string {
  return `${kind}:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}

function keysOf({ email, address }: SignInAttempt) {
  const account = email.trim().toLowerCase();
  const block = addressBlock(address);
  return {
    pair: keyOf('pair', account, block),
    account: keyOf('account', account),
    address: keyOf('address', block),
    known: keyOf('known', account, block),
    forgotAccount: keyOf('forgot-account', account),
    forgotAddress: keyOf('forgot-address', block),
  };
}

/** What one address may try at one account, one address at all accounts (an office behind one address mistypes, too). */
function usual(keys: ReturnType<typeof keysOf>): Allowance[] {
  return [
    { key: keys.pair, max: 10, windowMs: 15 * minuteMs },
    { key: keys.address, max: 50, windowMs: 15 * minuteMs },
  ];
}

export function createSignInGuard({
  database,
  clock,
}: Pick<ServiceDependencies, 'database' | 'clock'>): SignInGuard {
  const limit = { database, clock };
  return {
    async begin(attempt) {
      const keys = keysOf(attempt);
      const query = { keys: [keys.known], now: clock.now() };
      const [known] = await database.read((readers) => readers.attempts.counts(query));
      // What many addresses try at one account together. Where its owner has been before they are not locked out by it.
      const together: Allowance = { key: keys.account, max: 100, windowMs: 60 * minuteMs };
      await countAttempt(limit, known ? usual(keys) : [...usual(keys), together]);
    },

    async succeeded(attempt) {
      const keys = keysOf(attempt);
      const now = clock.now();
      await database.transaction(async ({ attempts }) => {
        await attempts.remove(keys.pair);
        // Only this one: else who may sign in to one account could go on trying others.
        await attempts.takeBack(keys.address);
        await attempts.remove(keys.known);
        await attempts.add({ key: keys.known, now, endsAt: now + knownMs });
      });
    },

    async forgot(attempt) {
      const keys = keysOf(attempt);
      await countAttempt(limit, [
        { key: keys.forgotAccount, max: 3, windowMs: 60 * minuteMs },
        { key: keys.forgotAddress, max: 20, windowMs: 60 * minuteMs },
      ]);
    },

    prune: () => database.transaction(({ attempts }) => attempts.prune(clock.now())),
  };
}
