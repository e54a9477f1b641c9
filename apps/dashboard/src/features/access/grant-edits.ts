import type { inferInput } from '@trpc/tanstack-react-query';
import { type ExceptionRole, type Grant, type GrantRole, grantRoles, type Person } from '@vitrine/schema';
import type { trpc } from '../../app/trpc.ts';

export type GrantSet = inferInput<typeof trpc.grant.set>;
export type GrantRemoved = inferInput<typeof trpc.grant.remove>;

const isClientRole = (role: ExceptionRole): role is GrantRole => grantRoles.some((known) => known === role);

/** What is sent so that somebody has another role where a grant gives them one; null where there is no such role. */
export function withRole(grant: Grant, role: ExceptionRole): GrantSet | null {
  const userId = grant.person.id;
  switch (grant.kind) {
    case 'client':
      return isClientRole(role) ? { kind: grant.kind, clientId: grant.clientId, userId, role } : null;
    case 'campaign':
      return { kind: grant.kind, campaignId: grant.campaignId, userId, role };
    case 'asset':
      return { kind: grant.kind, assetId: grant.assetId, userId, role };
    default:
      return grant satisfies never;
  }
}

/** What is sent to take a grant back. */
export function takenBack(grant: Grant): GrantRemoved {
  const userId = grant.person.id;
  switch (grant.kind) {
    case 'client':
      return { kind: grant.kind, clientId: grant.clientId, userId };
    case 'campaign':
      return { kind: grant.kind, campaignId: grant.campaignId, userId };
    case 'asset':
      return { kind: grant.kind, assetId: grant.assetId, userId };
    default:
      return grant satisfies never;
  }
}

/** What is sent to let somebody in: to the whole client, or to one of its campaigns. */
export function newGrant(
  where: { readonly clientId: string; readonly campaignId: string | null },
  userId: string,
  role: ExceptionRole,
): GrantSet | null {
  if (where.campaignId !== null) return { kind: 'campaign', campaignId: where.campaignId, userId, role };
  return isClientRole(role) ? { kind: 'client', clientId: where.clientId, userId, role } : null;
}

/** The people who could be let in there: those whose role there is not yet said. `campaignId` null: at the whole client. */
export function withoutGrantAt(
  people: readonly Person[],
  grants: readonly Grant[],
  campaignId: string | null,
): readonly Person[] {
  const there = grants.filter((grant) =>
    campaignId === null
      ? grant.kind === 'client'
      : grant.kind === 'campaign' && grant.campaignId === campaignId,
  );
  const ids = new Set(there.map(({ person }) => person.id));
  return people.filter(({ id }) => !ids.has(id));
}
