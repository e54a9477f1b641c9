import type { UserId, UserRole } from '@vitrine/schema';

export interface User {
  readonly id: UserId;
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
}

/** An API key and the user it acts for, as both are now. */
export interface UserKey {
  readonly id: string;
  readonly userId: UserId;
  readonly role: UserRole;
  /** The identity library's own text of the scopes: JSON, or null. */
  readonly permissions: string | null;
  /** The only clients that it reaches, as JSON (`{ clientIds }`), or null. */
  readonly metadata: string | null;
  readonly enabled: boolean;
  /** Milliseconds; null for never. */
  readonly expiresAt: number | null;
}

/** Users as the use cases see them; the identity library writes them. */
export interface UserReader {
  /** Null for an account that may not be used any more. */
  find(id: UserId): Promise<User | null>;
  findByEmail(email: string): Promise<User | null>;
  /** Null for a key that was removed, or whose user was. */
  findKey(id: string): Promise<UserKey | null>;
  /** The owner who was made first. */
  findOwner(): Promise<User | null>;
}
