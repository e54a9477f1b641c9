import {
  type AuditQuery,
  type AuditVerdict,
  auditHash,
  type NewAuditEvent,
  verifyAudit,
} from '@vitrine/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from './test-database.ts';

interface AuditSuite {
  readonly open: () => Promise<TestDatabase>;
  /** SQL that takes the triggers away, as somebody with the database in their hands would. */
  readonly disarm: readonly string[];
}

export const newEvent = (number: number, change: Partial<NewAuditEvent> = {}): NewAuditEvent => ({
  at: 1_700_000_000_000 + number,
  actorKind: 'system',
  actorId: null,
  action: 'client.update',
  targetType: 'client',
  targetId: `client-${number % 7}`,
  clientId: `client-${number % 7}`,
  before: null,
  after: { name: `Client ${number}`, colors: ['#ff0000', '#00ff00'] },
  requestId: `request-${number}`,
  address: null,
  ...change,
});

/** What the audit log shows of those who change it past the library. */
export function describeAudit(name: string, { open, disarm }: AuditSuite): void {
  describe(`the audit log on ${name}`, () => {
    let target: TestDatabase;
    const length = 25;

    beforeEach(async () => {
      target = await open();
      await target.database.transaction(async (writers) => {
        for (let number = 1; number <= length; number += 1) await writers.audit.append(newEvent(number));
      });
    });
    afterEach(() => target?.[Symbol.asyncDispose]());

    /** With pages so small that whatever was done to a row shows across their borders too. */
    const verify = (options: { mark?: { seq: number; hash: string } } = {}): Promise<AuditVerdict> =>
      verifyAudit({ database: target.database, pageSize: 4, ...options });
    async function tamper(text: string, values: readonly unknown[] = []): Promise<void> {
      for (const statement of disarm) await target.sql(statement);
      await target.sql(text, values);
    }
    const hashOf = async (seq: number): Promise<string> =>
      String((await target.sql('select hash from audit_events where seq = ?', [seq]))[0]?.['hash']);

    it('is as it was written, and tells its last event', async () => {
      expect(await verify()).toEqual({
        ok: true,
        events: length,
        head: { seq: length, hash: await hashOf(length) },
      });
    });

    it('is read newest first, by who, what and when', async () => {
      const userId = await target.addUser();
      const byUser = { actorKind: 'user', actorId: userId, action: 'tag.create' } as const;
      await target.database.transaction((writers) => writers.audit.append(newEvent(length + 1, byUser)));
      const recent = (query: Partial<AuditQuery>) =>
        target.database.read((readers) =>
          readers.audit.recent({ visibility: { kind: 'all' }, limit: 100, ...query }),
        );
      const numbers = async (query: Partial<AuditQuery>) => (await recent(query)).map(({ seq }) => seq);
      const [newest] = await recent({});
      expect(newest).toMatchObject({
        seq: length + 1,
        who: { kind: 'user', id: userId, userId, name: userId, email: expect.stringContaining('@') },
        after: { name: `Client ${length + 1}` },
      });
      expect(await numbers({ actorId: userId })).toEqual([length + 1]);
      expect(await numbers({ action: 'tag' })).toEqual([length + 1]);
      expect(await numbers({ action: 'client.update', beforeSeq: 4 })).toEqual([3, 2, 1]);
      const { at } = newEvent(10);
      expect(await numbers({ from: at, to: at + 2 })).toEqual([11, 10]);
      // Events of clients are about no asset and no campaign, so that members see them all.
      const member = { kind: 'granted', userId, whole: false } as const;
      expect(await numbers({ visibility: member })).toHaveLength(length + 1);
      const asset = { targetType: 'asset', targetId: 'somebody else’s' };
      await target.database.transaction((writers) => writers.audit.append(newEvent(length + 2, asset)));
      expect(await numbers({ visibility: member })).toHaveLength(length + 1);
      expect(await numbers({})).toHaveLength(length + 2);
    });

    it('keeps everybody from changing, removing and inserting rows', async () => {
      for (const text of [
        "update audit_events set action = 'x' where seq = 3",
        'delete from audit_events where seq = 3',
        `insert into audit_events select ${length + 5}, at, actor_kind, actor_id, action, target_type, target_id, client_id, before, after, request_id, address, previous_hash, hash from audit_events where seq = 3`,
      ]) {
        await expect(target.sql(text), text).rejects.toThrow(/append-only/);
      }
    });

    it.each([
      ['action', 'client.delete'],
      ['at', 5],
      ['actor_kind', 'user'],
      ['actor_id', 'somebody'],
      ['target_id', 'another'],
      ['client_id', 'another'],
      ['request_id', 'another'],
      ['address', '10.0.0.1'],
      ['after', '{"name":"forged"}'],
    ])('shows a changed %s', async (column, value) => {
      await tamper(`update audit_events set ${column} = ? where seq = 13`, [value]);
      expect(await verify()).toMatchObject({ ok: false, events: 12, seq: 13 });
    });

    it('shows a change whose hash was made anew, at the next event', async () => {
      const [event] = await target.database.read((readers) => readers.audit.list({ afterSeq: 12, limit: 1 }));
      if (!event) throw new Error('The event is gone.');
      const { hash: _hash, previousHash, ...content } = event;
      const forged = auditHash(previousHash, { ...content, action: 'client.delete' });
      await tamper("update audit_events set action = 'client.delete', hash = ? where seq = 13", [forged]);
      expect(await verify()).toEqual({
        ok: false,
        events: 13,
        seq: 14,
        problem: 'does not follow from the event before it',
      });
    });

    it.each([1, 4, 13])('shows that event %i was removed', async (seq) => {
      await tamper('delete from audit_events where seq = ?', [seq]);
      expect(await verify()).toEqual({
        ok: false,
        events: seq - 1,
        seq,
        problem: `is missing; the next one is ${seq + 1}`,
      });
    });

    it('shows an inserted event, wherever it was put', async () => {
      await tamper(`update audit_events set seq = seq + 100 where seq > 13`);
      await target.sql(`update audit_events set seq = seq - 99 where seq > 100`);
      await target.sql(
        `insert into audit_events select 14, at, actor_kind, actor_id, 'client.forge', target_type, target_id, client_id, before, after, request_id, address, previous_hash, hash from audit_events where seq = 13`,
      );
      expect(await verify()).toMatchObject({ ok: false, events: 13, seq: 14 });
    });

    it('shows an event that was put behind the last one', async () => {
      await tamper(
        `insert into audit_events select ${length + 1}, at, actor_kind, actor_id, action, target_type, target_id, client_id, before, after, request_id, address, hash, hash from audit_events where seq = ${length}`,
      );
      expect(await verify()).toMatchObject({
        ok: false,
        seq: length + 1,
        problem: 'is not what was written',
      });
    });

    it('shows with a mark kept elsewhere that the end was cut off, or that all of it was made anew', async () => {
      const mark = { seq: 20, hash: await hashOf(20) };
      expect(await verify({ mark })).toMatchObject({ ok: true });
      expect(await verify({ mark: { ...mark, hash: await hashOf(19) } })).toMatchObject({
        ok: false,
        seq: 20,
      });
      await tamper('delete from audit_events where seq > 18');
      expect(await verify()).toMatchObject({ ok: true, events: 18 });
      expect(await verify({ mark })).toEqual({
        ok: false,
        events: 18,
        seq: 19,
        problem: 'is missing; 20 was noted',
      });
    });
  });
}
