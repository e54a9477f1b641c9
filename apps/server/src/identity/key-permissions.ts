import { type KeyScope, keyScopes } from '@vitrine/schema';

/** Scopes (`assets:read`) as the identity library keeps them (`{ assets: ['read'] }`). */
export function permissionsOf(scopes: readonly KeyScope[]): Record<string, string[]> {
  const permissions: Record<string, string[]> = {};
  for (const scope of scopes) {
    const [noun = '', verb = ''] = scope.split(':');
    permissions[noun] = [...(permissions[noun] ?? []), verb];
  }
  return permissions;
}

/** The other way round; what is not a scope of this version is left out. */
export function scopesOf(permissions: Record<string, readonly string[]> | null): KeyScope[] {
  return keyScopes.filter((scope) => {
    const [noun = '', verb = ''] = scope.split(':');
    return permissions?.[noun]?.includes(verb) ?? false;
  });
}
