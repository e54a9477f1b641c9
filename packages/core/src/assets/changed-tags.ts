import { mayCarry, type Role, roleNamed, roleTable, tagKey } from '@vitrine/schema';
import type { AssetRecord } from './asset-record.ts';
import type { AssetPatch } from './asset-repository.ts';
import type { Skipped } from './bulk-step.ts';

/** Tags that come and go; a role's name means the role. */
interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** The longest list of tags that an edit of one asset takes. */
const mostTags = 100;

/** Names by key, those that are roles apart. */
function sorted(names: readonly string[]) {
  const roles = names.flatMap((name) => roleNamed(name) ?? []);
  const free = new Map(names.filter((name) => !roleNamed(name)).map((name) => [tagKey(name), name]));
  return { roles, free };
}

/** What a change of tags makes of an asset: null where it is so already. */
export function changedTags(asset: AssetRecord, { add, remove }: TagChange): AssetPatch | Skipped | null {
  const coming = sorted(add);
  const going = sorted(remove);
  const wrong = coming.roles.find((role) => !mayCarry(asset.type, role));
  if (wrong) {
    const allowed = roleTable[asset.type].join(', ') || 'none';
    return {
      reason: 'role_of_another_kind',
      detail: `'${wrong}' is a role that ${asset.type} assets cannot carry; theirs: ${allowed}.`,
    };
  }
  const before: readonly Role[] = asset.roles;
  const roles = [...new Set([...before, ...coming.roles])].filter((role) => !going.roles.includes(role));
  const has = sorted(asset.tags).free;
  // The spelling that is there stays.
  const tags = [...new Map([...coming.free, ...has])].filter(([key]) => !going.free.has(key));
  if (roles.length + tags.length > Math.max(mostTags, asset.tags.length)) {
    return { reason: 'too_many_tags', detail: `It would have more than ${mostTags} tags.` };
  }
  const sameRoles = roles.length === before.length && roles.every((role) => before.includes(role));
  const sameTags = tags.length === has.size && tags.every(([key]) => has.has(key));
  if (sameRoles && sameTags) return null;
  return { ...(!sameRoles && { roles }), ...(!sameTags && { tags: tags.map(([, name]) => name) }) };
}
