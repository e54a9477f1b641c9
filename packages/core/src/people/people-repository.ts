import {
  type Account,
  type Invitation,
  type UserId,
  type UserRole,
  userIdSchema,
  userRoleSchema,
} from '@vitrine/schema';
import { z } from 'zod';

/** What an address that works once is for. `email` null: whoever opens it says who they are (the first owner). */
export const purposeSchema = z.discriminatedUnion('purpose', [
  z.object({ purpose: z.literal('join'), email: z.string().nullable(), role: userRoleSchema }),
  z.object({ purpose: z.literal('reset'), userId: userIdSchema }),
]);
export type Purpose = z.output<typeof purposeSchema>;

export interface PeopleReader {
  /** By e-mail address. */
  list(): Promise<Account[]>;
  find(id: UserId): Promise<Account | null>;
  findByEmail(email: string): Promise<Account | null>;
  /** Owners who may sign in. */
  countOwners(): Promise<number>;
  isEmpty(): Promise<boolean>;
  /** That can still be taken up, by e-mail address. `now` in milliseconds. */
  invitations(query: { readonly now: number }): Promise<Invitation[]>;
  /** `now` in milliseconds; null for a token that is unknown, used or over. */
  purpose(query: { readonly tokenHash: string; readonly now: number }): Promise<Purpose | null>;
}

export interface PeopleWriter {
  /** Holds the rows of all owners until the transaction ends: of two who end an owner at once, the second sees what the first did. */
  lockOwners(): Promise<void>;
  insert(account: {
    readonly id: UserId;
    readonly name: string;
    readonly email: string;
    readonly role: UserRole;
    /** Null: they sign in otherwise, or set one first. */
    readonly passwordHash: string | null;
    readonly at: number;
  }): Promise<void>;
  setRole(id: UserId, role: UserRole, at: number): Promise<void>;
  setDisabled(id: UserId, disabled: boolean, at: number): Promise<void>;
  setPassword(id: UserId, passwordHash: string, at: number): Promise<void>;
  /** Puts another hash of the same password in the place of one; nothing happens when it is not there any more. */
  replaceHash(change: { readonly from: string; readonly to: string; readonly at: number }): Promise<void>;
  /** Signs the user out everywhere. */
  endSessions(id: UserId): Promise<void>;
  putToken(token: {
    readonly tokenHash: string;
    readonly purpose: Purpose;
    readonly expiresAt: number;
    readonly at: number;
  }): Promise<void>;
  /** Ends what was handed out before: of a user the ways to another password, of an address its invitations. Answers how many. */
  dropTokens(of: { readonly userId: UserId } | { readonly email: string }): Promise<number>;
  /** Uses a token up: of two who come with it at once, one gets it. */
  takeToken(query: { readonly tokenHash: string; readonly now: number }): Promise<Purpose | null>;
}
