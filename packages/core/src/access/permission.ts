import type { GrantRole, KeyScope } from '@vitrine/schema';

/** What an action asks for. */
interface Requirement {
  /** The scope that an API key needs; null: any valid credential will do; `session`: no key may do it. */
  readonly scope: KeyScope | 'session' | null;
  /** `admins`: owners and admins of the installation alone; `anybody` who is signed in; else members with one of these roles there. */
  readonly roles: 'admins' | 'anybody' | readonly GrantRole[];
  /** Whoever may see something of a client may do this with the client itself: find what that is. */
  readonly guests?: true;
  /** It is about no client in particular, so no key may do it that is bound to some. */
  readonly everywhere?: true;
}

const everyone = ['manager', 'editor', 'contributor', 'viewer'] as const;
const uploaders = ['manager', 'editor', 'contributor'] as const;
const editors = ['manager', 'editor'] as const;
const managers = ['manager'] as const;

/** Every action there is, and who may take it. The whole policy follows from this table and `reachTable`. */
export const permissionTable = {
  'client.list': { scope: 'clients:read', roles: 'anybody' },
  'client.read': { scope: 'clients:read', roles: everyone, guests: true },
  'client.create': { scope: 'clients:write', roles: 'anybody', everywhere: true },
  'client.update': { scope: 'clients:write', roles: managers },
  'client.delete': { scope: 'clients:write', roles: managers },
  'client.setQuota': { scope: 'clients:write', roles: 'admins' },
  'campaign.list': { scope: 'clients:read', roles: everyone, guests: true },
  'campaign.read': { scope: 'clients:read', roles: everyone },
  'campaign.create': { scope: 'clients:write', roles: editors },
  'campaign.update': { scope: 'clients:write', roles: editors },
  'campaign.delete': { scope: 'clients:write', roles: managers },
  'asset.list': { scope: 'assets:read', roles: everyone, guests: true },
  'asset.read': { scope: 'assets:read', roles: everyone },
  'asset.create': { scope: 'assets:write', roles: uploaders },
  'asset.update': { scope: 'assets:write', roles: uploaders },
  'asset.trash': { scope: 'assets:write', roles: uploaders },
  'asset.purge': { scope: 'assets:write', roles: managers },
  'asset.hide': { scope: 'assets:write', roles: managers },
  'tag.list': { scope: 'assets:read', roles: everyone },
  'tag.write': { scope: 'assets:write', roles: editors },
  'collection.read': { scope: 'assets:read', roles: everyone },
  'collection.write': { scope: 'assets:write', roles: editors },
  'share.read': { scope: 'assets:read', roles: editors },
  'share.write': { scope: 'assets:write', roles: editors },
  'uploadLink.read': { scope: 'assets:read', roles: editors },
  'uploadLink.write': { scope: 'assets:write', roles: editors },
  'guest.read': { scope: 'assets:read', roles: editors },
  'guest.write': { scope: 'assets:write', roles: editors },
  'context.resolve': { scope: 'assets:read', roles: everyone, guests: true },
  'change.watch': { scope: 'assets:read', roles: everyone, guests: true },
  'grant.list': { scope: 'clients:read', roles: managers },
  'grant.write': { scope: 'clients:write', roles: managers },
  'account.list': { scope: 'session', roles: 'admins', everywhere: true },
  'account.write': { scope: 'session', roles: 'admins', everywhere: true },
  'session.list': { scope: 'session', roles: 'anybody' },
  'session.write': { scope: 'session', roles: 'anybody' },
  'key.list': { scope: 'session', roles: 'anybody' },
  'key.write': { scope: 'session', roles: 'anybody' },
  'audit.read': { scope: 'assets:read', roles: everyone },
  'audit.readValues': { scope: 'assets:read', roles: editors },
  'audit.readAddresses': { scope: 'assets:read', roles: managers },
  'audit.readClient': { scope: 'clients:read', roles: managers },
  'audit.readAll': { scope: 'jobs:manage', roles: 'admins', everywhere: true },
  'job.list': { scope: 'jobs:manage', roles: 'admins', everywhere: true },
  'job.retry': { scope: 'jobs:manage', roles: 'admins', everywhere: true },
  'quarantine.read': { scope: 'jobs:manage', roles: 'admins', everywhere: true },
  'quarantine.write': { scope: 'jobs:manage', roles: 'admins', everywhere: true },
  'self.read': { scope: null, roles: 'anybody' },
} as const satisfies Record<string, Requirement>;

export type Action = keyof typeof permissionTable;
export const actionNames = Object.keys(permissionTable).filter(
  (name): name is Action => name in permissionTable,
);
/** What a procedure or route declares: an action, or that it is open to everybody. */
export type Permission = Action | 'public';

export function requirementOf(action: Action): Requirement {
  return permissionTable[action];
}

/** Which assets of a place a role is about: all; those that are not hidden; of these those that they uploaded themselves. */
export const reachTable = {
  manager: 'all',
  editor: 'shown',
  contributor: 'own',
  viewer: 'shown',
} as const satisfies Record<GrantRole, 'all' | 'shown' | 'own'>;

/** The roles that allow an action where they are held. */
export function rolesFor(action: Action): readonly GrantRole[] {
  const { roles } = requirementOf(action);
  return typeof roles === 'string' ? [] : roles;
}
