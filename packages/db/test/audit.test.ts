import { verifyAudit } from '@vitrine/core';
import { describe, expect, it } from 'vitest';
import { describeAudit, newEvent } from './support/audit-suite.ts';
import { openPostgresTestDatabase } from './support/open-postgres-test-database.ts';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

const sqliteTriggers = ['refuse_update', 'refuse_delete', 'refuse_gap'];
const disarmSqlite = sqliteTriggers.map((name) => `drop trigger if exists audit_events_${name}`);

describeAudit('SQLite', { open: openSqliteTestDatabase, disarm: disarmSqlite });
describeOnPostgres('the audit log', () =>
  describeAudit('PostgreSQL 15', {
    open: openPostgresTestDatabase,
    disarm: ['alter table audit_events disable trigger all'],
  }),
);

describe('a damaged audit log on SQLite', () => {
  it('is told at the event that cannot be read', async () => {
    await using target = await openSqliteTestDatabase();
    await target.database.transaction(async (writers) => {
      for (let number = 1; number <= 9; number += 1) await writers.audit.append(newEvent(number));
    });
    for (const statement of disarmSqlite) await target.sql(statement);
    await target.sql("update audit_events set after = 'no json' where seq = 6");
    expect(await verifyAudit({ database: target.database })).toEqual({
      ok: false,
      events: 5,
      seq: 6,
      problem: 'cannot be read',
    });
  });
});

describe('a long audit log', () => {
  const length = 100_000;

  it('is walked a page at a time, and shows the one event of 100,000 that was changed', async () => {
    await using target = await openSqliteTestDatabase();
    for (let number = 0; number < length; number += 5000) {
      await target.database.transaction(async (writers) => {
        for (let offset = 1; offset <= 5000; offset += 1)
          await writers.audit.append(newEvent(number + offset));
      });
    }
    const began = performance.now();
    expect(await verifyAudit({ database: target.database })).toMatchObject({ ok: true, events: length });
    process.stdout.write(`${length} audit events verified in ${Math.round(performance.now() - began)} ms\n`);
    for (const statement of disarmSqlite) await target.sql(statement);
    await target.sql("update audit_events set address = '10.0.0.1' where seq = 98765");
    expect(await verifyAudit({ database: target.database })).toMatchObject({ ok: false, seq: 98_765 });
  }, 120_000);
});
