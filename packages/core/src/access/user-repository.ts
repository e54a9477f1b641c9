import type { UserId, UserRole } from '@vitrine/schema';

export interface User {
  readonly id: UserId;
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
}

/** Users as the use cases see them; the identity library writes them. */
export interface UserReader {
  find(id: UserId): Promise<User | null>;
  findByEmail(email: string): Promise<User | null>;
  /** The owner who was made first. */
  findOwner(): Promise<User | null>;
}
