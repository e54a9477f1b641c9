import { createSignInGuard } from '@vitrine/core';
import { describe, expect, it } from 'vitest';
import type { TestDatabase } from './test-database.ts';

/** What counts of tries are on every database. */
export function describeAttempts(name: string, open: () => Promise<TestDatabase>): void {
  describe(`tries on ${name}`, () => {
    it('are counted each, however many come at once, and begin anew when their time is over', async () => {
      await using target = await open();
      const { database } = target;
      const add = (now: number) =>
        database.transaction(({ attempts }) => attempts.add({ key: 'door', now, endsAt: now + 100 }));
      const counts = await Promise.all(Array.from({ length: 20 }, () => add(1000)));
      expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
      expect(await add(1099)).toEqual({ key: 'door', count: 21, endsAt: 1100 });
      await database.transaction(({ attempts }) => attempts.takeBack('door'));
      const at = (now: number) =>
        database.read(({ attempts }) => attempts.counts({ keys: ['door', 'gate'], now }));
      expect(await at(1099)).toEqual([{ key: 'door', count: 20, endsAt: 1100 }]);
      expect(await at(1100)).toEqual([]);
      expect(await add(1100)).toEqual({ key: 'door', count: 1, endsAt: 1200 });
      for (let round = 0; round < 2; round += 1)
        await database.transaction(({ attempts }) => attempts.takeBack('door'));
      expect(await at(1100)).toMatchObject([{ count: 0 }]);
      expect(await database.transaction(({ attempts }) => attempts.prune(1199))).toBe(0);
      expect(await database.transaction(({ attempts }) => attempts.prune(1200))).toBe(1);
    });

    it('beyond the limit are refused, and none passes twice', async () => {
      await using target = await open();
      const guard = createSignInGuard({ ...target, clock: { now: () => 5000 } });
      const attempt = { email: 'ada@vitrine.example', address: '192.0.2.1' };
      const passed = await Promise.allSettled(Array.from({ length: 14 }, () => guard.begin(attempt)));
      expect(passed.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      expect(JSON.stringify(await target.sql('select * from verifications'))).not.toContain('ada');
    });
  });
}
