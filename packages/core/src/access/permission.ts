import type { KeyScope } from '@vitrine/schema';

/** Every action there is, with the API-key scope that it needs (null: any valid credential will do). */
export const permissionTable = {
  'client.list': 'clients:read',
  'client.read': 'clients:read',
  'client.create': 'clients:write',
  'client.update': 'clients:write',
  'client.delete': 'clients:write',
  'client.setQuota': 'clients:write',
  'campaign.list': 'clients:read',
  'campaign.read': 'clients:read',
  'campaign.create': 'clients:write',
  'campaign.update': 'clients:write',
  'campaign.delete': 'clients:write',
  'asset.list': 'assets:read',
  'asset.read': 'assets:read',
  'asset.create': 'assets:write',
  'asset.update': 'assets:write',
  'asset.trash': 'assets:write',
  'tag.list': 'assets:read',
  'tag.write': 'assets:write',
  'collection.read': 'assets:read',
  'collection.write': 'assets:write',
  'context.resolve': 'assets:read',
  'change.watch': 'assets:read',
  'job.list': 'jobs:manage',
  'job.retry': 'jobs:manage',
  'self.read': null,
} as const satisfies Record<string, KeyScope | null>;

export type Action = keyof typeof permissionTable;
/** What concerns the installation, and what is decided for its clients: for owners and admins. */
export const installationActions: readonly Action[] = ['job.list', 'job.retry', 'client.setQuota'];
/** What a procedure or route declares: an action, or that it is open to everybody. */
export type Permission = Action | 'public';
