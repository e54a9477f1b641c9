import { type Permission, permissionTable } from '@vitrine/core';

/** Throws for a door that declares no permission that exists: the server must not start with one that nobody guards. */
export function assertDeclared(permission: Permission, paths: readonly string[]): void {
  if (permission === 'public' || Object.hasOwn(permissionTable, permission)) return;
  throw new Error(`The route ${paths.join(', ')} must declare a known permission.`);
}
