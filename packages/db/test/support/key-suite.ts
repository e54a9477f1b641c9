import { createKeyService, systemClock } from '@vitrine/core';
import { describe, expect, it } from 'vitest';
import { seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What keys are on every database. */
export function describeKeys(name: string, open: () => Promise<TestDatabase>): void {
  describe(`keys on ${name}`, () => {
    it('are kept as they were made and changed, without the key itself, and each step is noted', async () => {
      await using target = await open();
      const { userId, clientId } = await seedAgency(target);
      const keys = createKeyService({ ...target, clock: systemClock });
      const actor = { kind: 'user', userId, role: 'owner' } as const;
      const caller = { actor, requestId: 'test', address: null };
      const { key, ...made } = await keys.create(caller, {
        name: 'robot',
        scopes: ['assets:read', 'assets:write'],
        clientIds: [clientId],
        expiresAt: null,
      });
      expect(made).toMatchObject({ expiresAt: null, lastUsedAt: null, clientIds: [clientId] });
      expect(await keys.list(caller)).toEqual([made]);
      const expiresAt = new Date(Date.now() + 60_000).toISOString();
      const changed = {
        ...made,
        name: 'reader',
        scopes: ['assets:read' as const],
        clientIds: null,
        expiresAt,
      };
      const { name, scopes, clientIds } = changed;
      expect(await keys.update(caller, { id: made.id, name, scopes, clientIds, expiresAt })).toEqual(changed);
      const kept = await target.database.read((readers) => readers.users.findKey(made.id));
      expect(kept).toMatchObject({ userId, enabled: true, expiresAt: Date.parse(expiresAt), metadata: null });
      expect(JSON.stringify(await target.sql('select * from api_keys'))).not.toContain(key);
      await keys.revoke(caller, made.id);
      expect(await keys.list(caller)).toEqual([]);
      const noted = await target.database.read((readers) => readers.audit.list({ afterSeq: 0, limit: 9 }));
      expect(noted.map(({ action }) => action)).toEqual(['apikey.create', 'apikey.update', 'apikey.delete']);
    });
  });
}
