import type { UserRole } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { AppError } from '../app-error.ts';

/** Nobody but an owner acts on owners. Fails with `forbidden`. */
export function assertMayManage({ actor }: Caller, ...roles: readonly UserRole[]): void {
  if (actor.role === 'owner' || !roles.includes('owner')) return;
  throw new AppError('forbidden', 'Only an owner decides who is an owner. Ask one.');
}
