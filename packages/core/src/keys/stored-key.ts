import { type ClientId, clientIdSchema, type KeyScope, keyScopes } from '@vitrine/schema';
import { z } from 'zod';

/** What is kept beside a key: the only clients that it reaches. */
const keyMetadataSchema = z.object({ clientIds: z.array(clientIdSchema) });

/** What cannot be read allows nothing. */
const storedScopesSchema = z.record(z.string(), z.array(z.string())).nullable().catch(null);

/**
 * The clients that a key is bound to; null: all of its user's. What cannot be read binds it to none: better no access than too much.
 */
export function boundTo(metadata: unknown): readonly ClientId[] | null {
  if (metadata === null) return null;
  const known = keyMetadataSchema.safeParse(metadata);
  return known.success ? known.data.clientIds : [];
}

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
export function scopesOf(stored: unknown): KeyScope[] {
  const permissions = storedScopesSchema.parse(stored);
  return keyScopes.filter((scope) => {
    const [noun = '', verb = ''] = scope.split(':');
    return permissions?.[noun]?.includes(verb) ?? false;
  });
}
