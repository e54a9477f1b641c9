import { type ExceptionRole, exceptionRoles, grantRoles } from '@vitrine/schema';

/** What people read for a role, and what it lets somebody do. */
const roleWords = {
  manager: { label: 'Manager', note: 'everything' },
  editor: { label: 'Editor', note: 'edits assets' },
  contributor: { label: 'Contributor', note: 'own uploads' },
  viewer: { label: 'Viewer', note: 'sees' },
  none: { label: 'No access', note: 'sees nothing' },
} as const satisfies Record<ExceptionRole, { label: string; note: string }>;

export const clientRoleOptions = grantRoles.map((id) => ({ id, ...roleWords[id] }));
export const exceptionRoleOptions = exceptionRoles.map((id) => ({ id, ...roleWords[id] }));
