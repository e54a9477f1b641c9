import { z } from 'zod';

/** What a user may do in the installation. */
export const userRoles = ['owner', 'admin', 'member'] as const;
export const userRoleSchema = z.enum(userRoles).meta({ id: 'UserRole' });
export type UserRole = z.output<typeof userRoleSchema>;

/** What an API key may do; never more than the user it belongs to. */
export const keyScopes = [
  'assets:read',
  'assets:write',
  'clients:read',
  'clients:write',
  'jobs:manage',
] as const;
export const keyScopeSchema = z.enum(keyScopes).meta({ id: 'KeyScope' });
export type KeyScope = z.output<typeof keyScopeSchema>;
