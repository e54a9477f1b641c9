import {
  clientIdSchema,
  exceptionRoles,
  grantRoles,
  keyScopes,
  userIdSchema,
  userRoles,
} from '@vitrine/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Action,
  type Actor,
  assertCredential,
  can,
  permissionTable,
  type Resource,
  requirementOf,
  type Standing,
} from '../index.ts';

const userId = fc.constantFrom('ada', 'ben', 'cyd').map((id) => userIdSchema.parse(id));
const clientIds = ['1', '2'].map((digit) =>
  clientIdSchema.parse(`00000000-0000-7000-8000-00000000000${digit}`),
);
const clientId = fc.constantFrom(...clientIds);
const role = fc.constantFrom(...userRoles);
const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.record({ kind: fc.constant('user' as const), userId, role }),
  fc.record({
    kind: fc.constant('api_key' as const),
    userId,
    role,
    keyId: fc.constant('k'),
    scopes: fc.subarray([...keyScopes]),
    clientIds: fc.option(fc.subarray(clientIds)),
  }),
);
const exception = fc.option(fc.constantFrom(...exceptionRoles));
const standing: fc.Arbitrary<Standing> = fc.record({
  client: fc.option(fc.constantFrom(...grantRoles)),
  campaign: exception,
  asset: exception,
  guest: fc.boolean(),
  hidden: fc.boolean(),
});
const resource: fc.Arbitrary<Resource> = fc.oneof(
  fc.record({ kind: fc.constant('client' as const), clientId, standing }),
  fc.record({ kind: fc.constant('campaign' as const), clientId, standing }),
  fc.record({ kind: fc.constant('asset' as const), clientId, standing, uploadedBy: userId }),
);
const actions = Object.keys(permissionTable).filter((name): name is Action => name in permissionTable);
const action = fc.constantFrom(...actions);
const nothing: Standing = { client: null, campaign: null, asset: null, guest: false, hidden: false };
const ada = userIdSchema.parse('ada');
const ben = userIdSchema.parse('ben');
const [brand = clientIdSchema.parse('')] = clientIds;
const member: Actor = { kind: 'user', userId: ada, role: 'member' };
const assetOf = (given: Partial<Standing>, uploadedBy = ben): Resource => ({
  kind: 'asset',
  clientId: brand,
  standing: { ...nothing, ...given },
  uploadedBy,
});

describe('the policy', () => {
  it('never lets a key do more than its user', () => {
    fc.assert(
      fc.property(actor, action, resource, (someone, what, on) => {
        const person: Actor = { kind: 'user', userId: someone.userId, role: someone.role };
        if (can(someone, what, on)) expect(can(person, what, on)).toBe(true);
      }),
    );
  });

  it('lets a key do nothing outside its scopes', () => {
    fc.assert(
      fc.property(actor, action, resource, (someone, what, on) => {
        const { scope } = requirementOf(what);
        fc.pre(someone.kind === 'api_key' && scope !== null);
        const has = scope !== 'session' && someone.kind === 'api_key' && someone.scopes.includes(scope);
        fc.pre(!has);
        expect(can(someone, what, on)).toBe(false);
        expect(() => assertCredential(someone, what)).toThrow(scope === 'session' ? 'Sign in' : `'${scope}'`);
      }),
    );
  });

  it('lets a key that is bound to clients do nothing with another, nor what is about all', () => {
    fc.assert(
      fc.property(actor, action, resource, (someone, what, on) => {
        fc.pre(someone.kind === 'api_key' && someone.clientIds !== null);
        if (someone.clientIds?.includes(on.clientId) === false) expect(can(someone, what, on)).toBe(false);
        if (requirementOf(what).everywhere) expect(can(someone, what, null)).toBe(false);
      }),
    );
  });

  it('lets owners and admins act on everything', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('owner' as const, 'admin' as const),
        action,
        resource,
        (strong, what, on) => {
          expect(can({ kind: 'user', userId: ada, role: strong }, what, { ...on, standing: null })).toBe(
            true,
          );
        },
      ),
    );
  });

  it('lets members do nothing where nothing was granted, but what is open to anybody', () => {
    fc.assert(
      fc.property(action, resource, (what, on) => {
        const open = requirementOf(what).roles === 'anybody';
        expect(can(member, what, { ...on, standing: nothing })).toBe(open);
        expect(can(member, what, { ...on, standing: null })).toBe(open);
      }),
    );
  });

  it('keeps members from what concerns the whole installation, whatever they were granted', () => {
    fc.assert(
      fc.property(action, resource, (what, on) => {
        fc.pre(requirementOf(what).roles === 'admins');
        expect(can(member, what, on)).toBe(false);
        expect(can(member, what, null)).toBe(false);
        expect(() => assertCredential(member, what)).toThrow('owners and admins');
      }),
    );
  });

  it('lets a manager do all that a member can, and a viewer change nothing', () => {
    for (const what of actions) {
      const { roles, scope } = requirementOf(what);
      const forMembers = roles !== 'admins';
      expect(can(member, what, assetOf({ client: 'manager' })), what).toBe(forMembers);
      // Making clients, and one's own keys and sessions, are about nothing of this client.
      const elsewhere = what === 'client.create' || scope === 'session';
      const reads = scope === null || scope.endsWith(':read') || elsewhere;
      if (can(member, what, assetOf({ client: 'viewer' }))) expect(reads, what).toBe(true);
    }
  });

  it('lets contributors see and edit what they uploaded, and nothing else', () => {
    for (const what of ['asset.read', 'asset.update', 'asset.trash'] as const) {
      expect(can(member, what, assetOf({ client: 'contributor' }, ada))).toBe(true);
      expect(can(member, what, assetOf({ client: 'contributor' }, ben))).toBe(false);
    }
  });

  it('asks the nearest grant: the asset before its campaign before its client', () => {
    const read = (given: Partial<Standing>) => can(member, 'asset.read', assetOf(given));
    expect(read({ client: 'viewer', campaign: 'none' })).toBe(false);
    expect(read({ client: 'viewer', campaign: 'none', asset: 'viewer' })).toBe(true);
    expect(read({ campaign: 'viewer' })).toBe(true);
    expect(read({ client: 'manager', asset: 'none' })).toBe(false);
    expect(can(member, 'asset.update', assetOf({ client: 'viewer', campaign: 'editor' }))).toBe(true);
    expect(can(member, 'asset.update', assetOf({ client: 'editor', asset: 'viewer' }))).toBe(false);
  });

  it('hides a hidden asset from all but managers and those whom it names', () => {
    const sees = (given: Partial<Standing>) =>
      can(member, 'asset.read', assetOf({ ...given, hidden: true }, ada));
    expect(sees({ client: 'manager' })).toBe(true);
    expect(sees({ client: 'viewer', asset: 'viewer' })).toBe(true);
    for (const given of ['editor', 'viewer', 'contributor'] as const)
      expect(sees({ client: given })).toBe(false);
  });

  it('lets whoever sees a part of a client find the client, and no more', () => {
    const guest: Resource = { kind: 'client', clientId: brand, standing: { ...nothing, guest: true } };
    const allowed = actions.filter((what) => can(member, what, guest));
    expect(allowed.filter((what) => requirementOf(what).roles !== 'anybody').sort()).toEqual([
      'asset.list',
      'campaign.list',
      'change.watch',
      'client.read',
      'context.resolve',
    ]);
  });
});
