import type { ClientId, ExceptionRole, UserId } from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import type { Actor } from './actor.ts';
import { type Action, reachTable, requirementOf } from './permission.ts';
import type { Standing } from './standing.ts';

/** What is acted on, as far as the policy has to know it. */
export type Resource = {
  readonly clientId: ClientId;
  /** What the acting user was given there; null for owners and admins, who need nothing. */
  readonly standing: Standing | null;
} & (
  | { readonly kind: 'client' }
  | { readonly kind: 'campaign' }
  | { readonly kind: 'asset'; readonly uploadedBy: UserId }
);

/** Which rows a list may contain. Repositories take it as a required argument. */
export type Visibility = {
  /** The only clients, for a key that is bound to some. */
  readonly clientIds?: readonly ClientId[];
} & (
  | { readonly kind: 'all' }
  | {
      readonly kind: 'granted';
      readonly userId: UserId;
      /** Whoever sees a client sees all of it: no exceptions, nothing hidden. Then the client alone decides about an asset. */
      readonly whole: boolean;
    }
);

/** Whether the role as such allows the action, on whatever row. */
function roleAllows({ role }: Actor, action: Action): boolean {
  return role !== 'member' || requirementOf(action).roles !== 'admins';
}

function scopeAllows(actor: Actor, action: Action): boolean {
  const { scope } = requirementOf(action);
  if (actor.kind === 'user' || scope === null) return true;
  return scope !== 'session' && actor.scopes.includes(scope);
}

/** The clients that a key is bound to; null: every one. */
const boundTo = (actor: Actor): readonly ClientId[] | null =>
  actor.kind === 'api_key' ? actor.clientIds : null;

const boundsAllow = (actor: Actor, action: Action): boolean =>
  !requirementOf(action).everywhere || boundTo(actor) === null;

/** Whether the credential as such allows the action, before any row is looked at. */
export function credentialAllows(actor: Actor, action: Action): boolean {
  return roleAllows(actor, action) && scopeAllows(actor, action) && boundsAllow(actor, action);
}

/** Whether grants decide about the actor; owners and admins do without. */
export const needsGrants = ({ role }: Actor): boolean => role === 'member';

/** Which rows the actor sees; `can('client.read')`, `can('campaign.read')` and `can('asset.read')` are true for exactly these. */
export function visibleTo(actor: Actor): Visibility {
  const clientIds = boundTo(actor);
  const within = clientIds ? { clientIds } : {};
  return needsGrants(actor)
    ? { kind: 'granted', userId: actor.userId, whole: false, ...within }
    : { kind: 'all', ...within };
}

/** The nearest grant decides. */
function roleAt({ kind, standing }: Resource): ExceptionRole | null {
  if (!standing) return null;
  switch (kind) {
    case 'client':
      return standing.client;
    case 'campaign':
      return standing.campaign ?? standing.client;
    case 'asset':
      return standing.asset ?? standing.campaign ?? standing.client;
    default:
      return kind satisfies never;
  }
}

/** Whether the role there is about this asset. A grant of the asset's own sees it although it is hidden. */
function reaches(
  actor: Actor,
  role: keyof typeof reachTable,
  resource: Resource & { kind: 'asset' },
): boolean {
  const reach = reachTable[role];
  const shown = !resource.standing?.hidden || resource.standing.asset !== null;
  switch (reach) {
    case 'all':
      return true;
    case 'shown':
      return shown;
    case 'own':
      return shown && resource.uploadedBy === actor.userId;
    default:
      return reach satisfies never;
  }
}

/** The one decision. `resource` is null for what has no client yet, and for the installation. */
export function can(actor: Actor, action: Action, resource: Resource | null): boolean {
  if (!credentialAllows(actor, action)) return false;
  if (!resource) return true;
  if (boundTo(actor)?.includes(resource.clientId) === false) return false;
  if (!needsGrants(actor)) return true;
  const { roles, guests = false } = requirementOf(action);
  if (roles === 'anybody' || roles === 'admins') return roles === 'anybody';
  const role = roleAt(resource);
  if (guests && resource.kind === 'client' && resource.standing?.guest) return true;
  if (role === null || role === 'none' || !roles.includes(role)) return false;
  return resource.kind !== 'asset' || reaches(actor, role, resource);
}

function lacking(scope: string | null): AppError {
  const detail =
    scope === 'session'
      ? 'No API key may do this. Sign in.'
      : `This API key lacks the scope '${scope}'. Make a key that has it.`;
  return new AppError('forbidden', detail);
}

/** Refuses a credential that does not cover the action at all; it says which scope or role is missing. */
export function assertCredential(actor: Actor, action: Action): void {
  if (!scopeAllows(actor, action)) throw lacking(requirementOf(action).scope);
  if (!boundsAllow(actor, action)) {
    throw new AppError(
      'forbidden',
      'This API key is bound to some clients, and this concerns all of them. Make a key that is not.',
    );
  }
  if (!roleAllows(actor, action)) {
    throw new AppError('forbidden', 'Only owners and admins may do this. Ask one of them.');
  }
}
