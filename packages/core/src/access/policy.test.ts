import { keyScopes, userIdSchema, userRoles } from '@vitrine/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Action,
  type Actor,
  assertCredential,
  can,
  installationActions,
  permissionTable,
  visibleTo,
} from '../index.ts';

const userId = fc.constantFrom('ada', 'ben', 'cyd').map((id) => userIdSchema.parse(id));
const role = fc.constantFrom(...userRoles);
const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.record({ kind: fc.constant('user' as const), userId, role }),
  fc.record({
    kind: fc.constant('api_key' as const),
    userId,
    role,
    keyId: fc.constant('k'),
    scopes: fc.subarray([...keyScopes]),
  }),
);
const actions = Object.keys(permissionTable).filter((name): name is Action => name in permissionTable);
const action = fc.constantFrom(...actions);

describe('the policy', () => {
  it('lets a list show exactly the clients that may be read', () => {
    fc.assert(
      fc.property(actor, userId, (someone, clientOwnerId) => {
        const visibility = visibleTo(someone);
        const listed = visibility.kind === 'all' || visibility.userId === clientOwnerId;
        const person: Actor = { kind: 'user', userId: someone.userId, role: someone.role };
        expect(can(person, 'client.read', { clientOwnerId })).toBe(listed);
      }),
    );
  });

  it('never lets a key do more than its user', () => {
    fc.assert(
      fc.property(actor, action, userId, (someone, what, clientOwnerId) => {
        const person: Actor = { kind: 'user', userId: someone.userId, role: someone.role };
        if (can(someone, what, { clientOwnerId })) expect(can(person, what, { clientOwnerId })).toBe(true);
      }),
    );
  });

  it('lets a key do nothing outside its scopes', () => {
    fc.assert(
      fc.property(actor, action, userId, (someone, what, clientOwnerId) => {
        const scope = permissionTable[what];
        fc.pre(someone.kind === 'api_key' && scope !== null && !someone.scopes.includes(scope));
        expect(can(someone, what, { clientOwnerId })).toBe(false);
        expect(() => assertCredential(someone, what)).toThrow(`'${scope}'`);
      }),
    );
  });

  it('lets owners and admins act on every client and members on their own', () => {
    const ada = userIdSchema.parse('ada');
    const ben = userIdSchema.parse('ben');
    for (const what of actions) {
      expect(can({ kind: 'user', userId: ada, role: 'owner' }, what, { clientOwnerId: ben })).toBe(true);
      expect(can({ kind: 'user', userId: ada, role: 'admin' }, what, { clientOwnerId: ben })).toBe(true);
      expect(can({ kind: 'user', userId: ada, role: 'member' }, what, { clientOwnerId: ben })).toBe(false);
      const own = can({ kind: 'user', userId: ada, role: 'member' }, what, { clientOwnerId: ada });
      expect(own).toBe(!installationActions.includes(what));
    }
  });

  it('keeps members from what concerns the whole installation, whatever their key says', () => {
    const member = { userId: userIdSchema.parse('ada'), role: 'member' } as const;
    for (const what of installationActions) {
      expect(can({ kind: 'user', ...member }, what, null)).toBe(false);
      const key = { kind: 'api_key', ...member, keyId: 'k', scopes: [...keyScopes] } as const;
      expect(() => assertCredential(key, what)).toThrow('owners and admins');
    }
  });
});
