import { describe, expect, it } from 'vitest';
import { uuidIds } from '../uuid-ids.ts';
import { createVisitPasses, visitMs } from './visit-passes.ts';

describe('the pass of a visit', () => {
  let now = 1_700_000_000_000;
  const clock = { now: () => now };
  const passes = createVisitPasses({ secret: 'of this installation', clock });
  const share = { id: uuidIds.share(), passwordHash: null };

  it('is good for its link until the visit is over', () => {
    const pass = passes.issue(share);
    expect(passes.isGood(share, pass)).toBe(true);
    now += visitMs - 1;
    expect(passes.isGood(share, pass)).toBe(true);
    now += 1;
    expect(passes.isGood(share, pass)).toBe(false);
  });

  it('is worth nothing for another link, another password, or at another installation', () => {
    const pass = passes.issue(share);
    expect(passes.isGood({ ...share, id: uuidIds.share() }, pass)).toBe(false);
    expect(passes.isGood({ ...share, passwordHash: 'another' }, pass)).toBe(false);
    const elsewhere = createVisitPasses({ secret: 'of another one', clock });
    expect(elsewhere.isGood(share, pass)).toBe(false);
  });

  it('cannot be made longer, or made up', () => {
    const [until, mac] = passes.issue(share).split('.');
    const later = String(Number(until) + 1);
    for (const made of [
      `${later}.${mac}`,
      `${until}.${mac?.slice(1)}A`,
      `${until}.`,
      `.${mac}`,
      `${until}`,
      '',
    ]) {
      expect(passes.isGood(share, made), made).toBe(false);
    }
  });
});
