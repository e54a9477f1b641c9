import { describe, expect, it } from 'vitest';
import { auditGenesis, auditHash } from '../index.ts';

const event = {
  seq: 1,
  at: '2026-01-31T09:30:00.000Z',
  actorKind: 'user' as const,
  actorId: 'ada',
  action: 'client.create',
  targetType: 'client',
  targetId: 'c',
  clientId: 'c',
  before: null,
  after: { name: 'Northwind', tags: ['a', 'b'] },
  requestId: 'r',
  address: null,
};

describe('an audit hash', () => {
  it('does not depend on the order in which a database gives an object’s keys back', () => {
    const shuffled = { ...event, after: { tags: ['a', 'b'], name: 'Northwind' } };
    expect(auditHash(auditGenesis, shuffled)).toBe(auditHash(auditGenesis, event));
  });

  it('changes with every field and with the event before', () => {
    const original = auditHash(auditGenesis, event);
    expect(auditHash('1'.repeat(64), event)).not.toBe(original);
    for (const key of Object.keys(event)) {
      expect(auditHash(auditGenesis, { ...event, [key]: 'changed' }), key).not.toBe(original);
    }
    expect(auditHash(auditGenesis, { ...event, after: { name: 'Northwind', tags: ['b', 'a'] } })).not.toBe(
      original,
    );
  });
});
