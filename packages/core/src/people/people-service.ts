import { createHash, randomBytes } from 'node:crypto';
import {
  type Account,
  type accountInviteInputSchema,
  type accountJoinInputSchema,
  type accountResetInputSchema,
  type accountSetDisabledInputSchema,
  type accountSetRoleInputSchema,
  type accountWithdrawInputSchema,
  type Invitation,
  type OncePurpose,
  type UserId,
  userIdSchema,
} from '@vitrine/schema';
import { v7 } from 'uuid';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError, invalidField, notFound } from '../app-error.ts';
import { recordChange, recordSystemChange } from '../audit/record-change.ts';
import type { SignInAttempt, SignInGuard } from '../identity/sign-in-guard.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Readers, Writers } from '../ports/database.ts';
import type { LinkMail } from '../ports/link-mailer.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { assertMayManage } from './assert-may-manage.ts';
import type { Purpose } from './people-repository.ts';

type Invite = z.output<typeof accountInviteInputSchema>;
type Join = z.output<typeof accountJoinInputSchema>;
type Withdraw = z.output<typeof accountWithdrawInputSchema>;
type Reset = z.output<typeof accountResetInputSchema>;
type SetRole = z.output<typeof accountSetRoleInputSchema>;
type SetDisabled = z.output<typeof accountSetDisabledInputSchema>;

/** A token that works once, told this one time; only its hash is kept. */
interface OnceToken {
  readonly email: string;
  readonly token: string;
  readonly expiresAt: string;
}

/** What became of a token that was made for somebody. */
export interface HandedOver extends Omit<OnceToken, 'token'> {
  /** To hand on; null: it was mailed to them. */
  readonly token: string | null;
  /** Why it could not be mailed; null: it was, or there is no mail. */
  readonly failure: string | null;
}

/** Who may sign in. For owners and admins, but for those who open an address that they were given. */
export interface PeopleService {
  list(caller: Caller): Promise<Account[]>;
  /** Fails with `invalid_input` for an address that has an account. Only owners invite owners. */
  invite(caller: Caller, input: Invite): Promise<HandedOver>;
  /** Who was invited and has not joined yet. */
  invitations(caller: Caller): Promise<Invitation[]>;
  /** Ends an invitation. Fails with `not_found` where there is none any more. Only owners withdraw those of owners. */
  withdraw(caller: Caller, input: Withdraw): Promise<Invitation>;
  /** A token with which the first owner makes their account; null when there are accounts already. */
  firstOwner(): Promise<OnceToken | null>;
  /** Fails with `not_found` for a token that is unknown, used or over. */
  purpose(token: string): Promise<OncePurpose>;
  /** Answers the e-mail address to sign in with. */
  join(input: Join): Promise<{ readonly email: string }>;
  /** A token with which somebody chooses another password. */
  resetToken(caller: Caller, userId: UserId): Promise<HandedOver>;
  /** Has such a token mailed, if there is an account: the answer never tells. Fails with `not_found` where there is no mail, and `rate_limited`. */
  forgot(attempt: SignInAttempt): Promise<void>;
  /** Does what `forgot` promised; nothing for an address without an account. Rejects when the mail could not be sent. */
  mailReset(email: string): Promise<void>;
  /** Signs them out everywhere. */
  reset(input: Reset): Promise<{ readonly email: string }>;
  /** Signs them out everywhere. Fails with `conflict` for the last owner. */
  setRole(caller: Caller, input: SetRole): Promise<Account>;
  setDisabled(caller: Caller, input: SetDisabled): Promise<Account>;
}

const dayMs = 86_400_000;
const inviteMs = 7 * dayMs;
const resetMs = dayMs;

const newToken = () => randomBytes(32).toString('base64url');
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

async function assertOwnerStays(readers: Readers, account: Account): Promise<void> {
  if (account.role !== 'owner' || account.disabledAt !== null) return;
  if ((await readers.people.countOwners()) > 1) return;
  throw new AppError('conflict', 'This is the last owner. Make somebody else an owner first.');
}

export function createPeopleService(
  { database, clock, mailer, passwords }: ServiceDependencies,
  signIns: Pick<SignInGuard, 'forgot'>,
): PeopleService {
  async function issue(
    writers: Writers,
    purpose: Purpose,
    { email, forMs, at }: { readonly email: string; readonly forMs: number; readonly at: number },
  ): Promise<OnceToken> {
    const token = newToken();
    const expiresAt = at + forMs;
    await writers.people.putToken({ tokenHash: hashOf(token), purpose, expiresAt, at });
    return { email, token, expiresAt: toTimestamp(expiresAt) };
  }

  /** Mails a token that is committed. A mail server that fails must not keep somebody out: then the caller hands the token on. */
  async function handOver(
    { token, ...once }: OnceToken,
    mail: Pick<LinkMail, 'purpose' | 'from'>,
  ): Promise<HandedOver> {
    if (!mailer) return { ...once, token, failure: null };
    try {
      await mailer.send({ ...mail, token, to: once.email, expiresAt: once.expiresAt });
      return { ...once, token: null, failure: null };
    } catch (error) {
      return { ...once, token, failure: error instanceof Error ? error.message : String(error) };
    }
  }

  /** One edit of one account: check, change, sign out, audit. */
  function edit(
    caller: Caller,
    { userId, action }: { readonly userId: UserId; readonly action: string },
    change: (writers: Writers, before: Account, at: number) => Promise<void>,
  ): Promise<Account> {
    assertCredential(caller.actor, 'account.write');
    const at = clock.now();
    return database.transaction(async (writers) => {
      await writers.people.lockOwners();
      const before = await writers.people.find(userId);
      if (!before) throw notFound('account');
      assertMayManage(caller, before.role);
      await change(writers, before, at);
      await writers.people.endSessions(userId);
      await writers.people.dropTokens({ userId });
      const after = await writers.people.find(userId);
      if (!after) throw new Error('The account is not there after it was written.');
      await recordChange(writers, caller, at, {
        action,
        target: { type: 'account', id: userId },
        clientId: null,
        before,
        after,
      });
      return after;
    });
  }

  return {
    list({ actor }) {
      assertCredential(actor, 'account.list');
      return database.read((readers) => readers.people.list());
    },

    async invite(caller, { email, role }) {
      const { actor } = caller;
      assertCredential(actor, 'account.write');
      assertMayManage(caller, role);
      const at = clock.now();
      const invited = await database.transaction(async (writers) => {
        if (await writers.people.findByEmail(email)) {
          throw invalidField(['email'], `there is an account with ${email} already`);
        }
        // The newest invitation counts, also where it gives less.
        await writers.people.dropTokens({ email });
        const issued = await issue(writers, { purpose: 'join', email, role }, { email, forMs: inviteMs, at });
        await recordChange(writers, caller, at, {
          action: 'account.invite',
          target: { type: 'account', id: email },
          clientId: null,
          after: { email, role, expiresAt: issued.expiresAt },
        });
        return { issued, from: (await writers.people.find(actor.userId))?.name ?? null };
      });
      return handOver(invited.issued, { purpose: 'join', from: invited.from });
    },

    invitations({ actor }) {
      assertCredential(actor, 'account.list');
      return database.read((readers) => readers.people.invitations({ now: clock.now() }));
    },

    async withdraw(caller, { email }) {
      assertCredential(caller.actor, 'account.write');
      const at = clock.now();
      return database.transaction(async (writers) => {
        const invited = (await writers.people.invitations({ now: at })).find((one) => one.email === email);
        if (!invited) throw notFound('invitation');
        assertMayManage(caller, invited.role);
        // They may have joined this moment.
        if ((await writers.people.dropTokens({ email })) === 0) throw notFound('invitation');
        await recordChange(writers, caller, at, {
          action: 'account.withdraw',
          target: { type: 'account', id: email },
          clientId: null,
          before: invited,
        });
        return invited;
      });
    },

    firstOwner() {
      const at = clock.now();
      return database.transaction(async (writers) => {
        if (!(await writers.people.isEmpty())) return null;
        const purpose = { purpose: 'join', email: null, role: 'owner' } as const;
        return issue(writers, purpose, { email: '', forMs: inviteMs, at });
      });
    },

    async purpose(token) {
      const query = { tokenHash: hashOf(token), now: clock.now() };
      return database.read(async (readers) => {
        const found = await readers.people.purpose(query);
        if (!found) throw notFound('page');
        if (found.purpose === 'join') return { purpose: found.purpose, email: found.email };
        const account = await readers.people.find(found.userId);
        return { purpose: found.purpose, email: account?.email ?? null };
      });
    },

    async join({ token, name, password, ...input }) {
      const passwordHash = await passwords.hash(password);
      const at = clock.now();
      return database.transaction(async (writers) => {
        const found = await writers.people.takeToken({ tokenHash: hashOf(token), now: at });
        if (found?.purpose !== 'join') throw notFound('page');
        // The first owner's address was made when nobody was there.
        if (found.email === null && !(await writers.people.isEmpty())) throw notFound('page');
        const email = found.email ?? input.email;
        if (!email) throw invalidField(['email'], 'is required');
        if (await writers.people.findByEmail(email)) {
          throw invalidField(['email'], `there is an account with ${email} already`);
        }
        const id = userIdSchema.parse(v7());
        const account = { id, name, email, role: found.role };
        await writers.people.insert({ ...account, passwordHash, at });
        await recordSystemChange(writers, at, {
          action: 'account.join',
          target: { type: 'account', id },
          clientId: null,
          after: account,
        });
        return { email };
      });
    },

    async resetToken(caller, userId) {
      assertCredential(caller.actor, 'account.write');
      const at = clock.now();
      const token = await database.transaction(async (writers) => {
        const account = await writers.people.find(userId);
        if (!account || account.disabledAt !== null) throw notFound('account');
        assertMayManage(caller, account.role);
        const { email } = account;
        const issued = await issue(writers, { purpose: 'reset', userId }, { email, forMs: resetMs, at });
        await recordChange(writers, caller, at, {
          action: 'account.resetLink',
          target: { type: 'account', id: userId },
          clientId: null,
          after: { expiresAt: issued.expiresAt },
        });
        return issued;
      });
      return handOver(token, { purpose: 'reset', from: null });
    },

    async forgot({ email, address }) {
      if (!mailer) throw new AppError('not_found', 'This server sends no mail. Ask an admin for a link.');
      await signIns.forgot({ email, address });
      // Whether there is an account is looked up later: here the answer would take longer for one that is.
      const at = clock.now();
      await database.transaction((writers) => enqueueJob(writers, 'mail.reset', { email }, { at }));
    },

    async mailReset(email) {
      if (!mailer) throw new Error('There is no mail any more.');
      const at = clock.now();
      const token = await database.transaction(async (writers) => {
        const account = await writers.people.findByEmail(email);
        if (!account || account.disabledAt !== null) return null;
        const purpose = { purpose: 'reset', userId: account.id } as const;
        const issued = await issue(writers, purpose, { email, forMs: resetMs, at });
        await recordSystemChange(writers, at, {
          action: 'account.resetLink',
          target: { type: 'account', id: account.id },
          clientId: null,
          after: { expiresAt: issued.expiresAt },
        });
        return issued;
      });
      if (!token) return;
      const { expiresAt } = token;
      await mailer.send({ purpose: 'reset', from: null, to: email, token: token.token, expiresAt });
    },

    async reset({ token, password }) {
      const passwordHash = await passwords.hash(password);
      const at = clock.now();
      return database.transaction(async (writers) => {
        const found = await writers.people.takeToken({ tokenHash: hashOf(token), now: at });
        if (found?.purpose !== 'reset') throw notFound('page');
        const account = await writers.people.find(found.userId);
        if (!account || account.disabledAt !== null) throw notFound('page');
        await writers.people.setPassword(account.id, passwordHash, at);
        await writers.people.endSessions(account.id);
        // Whoever reads an older mail must not have the last word.
        await writers.people.dropTokens({ userId: account.id });
        await recordSystemChange(writers, at, {
          action: 'account.resetPassword',
          target: { type: 'account', id: account.id },
          clientId: null,
        });
        return { email: account.email };
      });
    },

    setRole: (caller, { userId, role }) =>
      edit(caller, { userId, action: 'account.setRole' }, async (writers, before, at) => {
        assertMayManage(caller, role);
        if (role !== 'owner') await assertOwnerStays(writers, before);
        await writers.people.setRole(userId, role, at);
      }),

    setDisabled: (caller, { userId, disabled }) =>
      edit(caller, { userId, action: 'account.setDisabled' }, async (writers, before, at) => {
        if (disabled) await assertOwnerStays(writers, before);
        await writers.people.setDisabled(userId, disabled, at);
      }),
  };
}
