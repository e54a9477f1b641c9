import { type UserRole, userRoles } from '@vitrine/schema';

const words = {
  owner: { label: 'Owner', note: 'everything' },
  admin: { label: 'Admin', note: 'everything but owners' },
  member: { label: 'Member', note: 'what is opened to them' },
} as const satisfies Record<UserRole, { label: string; note: string }>;

export const roleName = (role: UserRole): string => words[role].label;

/** The roles that somebody may give: only owners make owners. */
export function roleOptions(byOwner: boolean) {
  return userRoles.filter((role) => byOwner || role !== 'owner').map((id) => ({ id, ...words[id] }));
}
