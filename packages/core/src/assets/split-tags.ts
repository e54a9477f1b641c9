import { type AssetType, mayCarry, type Role, roleNamed, roleTable, tagKey } from '@vitrine/schema';
import { invalidField } from '../app-error.ts';

/**
 * Sorts a flat list of tags into roles and free tags. A role's name means the role; one that this kind may not carry is
 * refused with `invalid_input`. What is said twice counts once; of free tags that differ in case the first is kept.
 */
export function splitTags(type: AssetType, names: readonly string[]): { roles: Role[]; tags: string[] } {
  const roles = new Set<Role>();
  const tags = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const role = roleNamed(name);
    if (!role) {
      if (!tags.has(tagKey(name))) tags.set(tagKey(name), name);
      continue;
    }
    if (!mayCarry(type, role)) {
      const allowed = roleTable[type].join(', ');
      throw invalidField(
        ['tags', index],
        `'${role}' is a role that ${type} assets cannot carry${allowed ? `; theirs are ${allowed}` : ''}.`,
      );
    }
    roles.add(role);
  }
  return { roles: [...roles], tags: [...tags.values()] };
}
