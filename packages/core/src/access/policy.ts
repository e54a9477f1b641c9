import type { UserId } from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import type { Actor } from './actor.ts';
import { type Action, installationActions, permissionTable } from './permission.ts';

/** What is acted on, as far as the policy has to know it: the client that owns it. */
export interface Resource {
  /** Who created the owning client. */
  readonly clientOwnerId: UserId;
}

/** Which rows a list may contain. Repositories take it as a required argument. */
export type Visibility = { readonly kind: 'all' } | { readonly kind: 'clients_of'; readonly userId: UserId };

/** Whether the role as such allows the action, on whatever row. */
function roleAllows({ role }: Actor, action: Action): boolean {
  return role !== 'member' || !installationActions.includes(action);
}

function scopeAllows(actor: Actor, action: Action): boolean {
  const scope = permissionTable[action];
  return actor.kind === 'user' || scope === null || actor.scopes.includes(scope);
}

/** Whether the credential as such allows the action, before any row is looked at. */
export function credentialAllows(actor: Actor, action: Action): boolean {
  return roleAllows(actor, action) && scopeAllows(actor, action);
}

/** Which clients the actor sees; `can('client.read')` is true for exactly these. */
export function visibleTo(actor: Actor): Visibility {
  switch (actor.role) {
    case 'owner':
    case 'admin':
      return { kind: 'all' };
    case 'member':
      return { kind: 'clients_of', userId: actor.userId };
    default:
      return actor.role satisfies never;
  }
}

/**
 * The one decision that every door asks. `resource` is null for actions that concern no existing row (listing, creating a
 * client). Owners and admins may do everything, members act on the clients they created.
 */
export function can(actor: Actor, action: Action, resource: Resource | null): boolean {
  if (!credentialAllows(actor, action)) return false;
  if (resource === null) return true;
  const visibility = visibleTo(actor);
  return visibility.kind === 'all' || visibility.userId === resource.clientOwnerId;
}

/** Refuses a credential that does not cover the action at all; it says which scope or role is missing. */
export function assertCredential(actor: Actor, action: Action): void {
  if (!scopeAllows(actor, action)) {
    throw new AppError(
      'forbidden',
      `This API key lacks the scope '${permissionTable[action]}'. Make a key that has it.`,
    );
  }
  if (!roleAllows(actor, action)) {
    throw new AppError('forbidden', 'Only owners and admins may do this. Ask one of them.');
  }
}
