import { createSessionService } from '@vitrine/core';
import { describe, expect, it } from 'vitest';
import { seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What sessions are on every database. */
export function describeSessions(name: string, open: () => Promise<TestDatabase>): void {
  describe(`sessions on ${name}`, () => {
    it('are there until they run out or are ended, and know when they were last used', async () => {
      await using target = await open();
      const { userId } = await seedAgency(target);
      const now = 1_800_000_000_000;
      for (const [id, expiresAt] of [
        ['here', now + 2000],
        ['there', now + 1000],
        ['over', now],
      ]) {
        await target.sql(
          `insert into sessions (id, token, user_id, expires_at, created_at, updated_at)
           values ('${id}', 'token-${id}', '${userId}', ${expiresAt}, ${now - 9000}, ${now - 9000})`,
        );
      }
      const sessions = createSessionService({ ...target, clock: { now: () => now } });
      const actor = { kind: 'user', userId, role: 'member', sessionId: 'here' } as const;
      const caller = { actor, requestId: 'test', address: null };
      await target.database.transaction(async (writers) => {
        await writers.sessions.touch('there', now - 10);
        await writers.sessions.touch('there', now - 20);
        await writers.sessions.touch('gone', now);
      });
      expect(await sessions.list(caller)).toMatchObject([
        { id: 'there', isCurrent: false, lastUsedAt: new Date(now - 10).toISOString(), address: null },
        { id: 'here', isCurrent: true, lastUsedAt: new Date(now - 9000).toISOString() },
      ]);
      expect(await sessions.revokeOthers(caller)).toBe(1);
      expect(await sessions.list(caller)).toMatchObject([{ id: 'here' }]);
    });
  });
}
