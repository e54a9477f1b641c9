import { AppError } from '@vitrine/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../src/sandbox/gate.ts';

const unavailable = (error: unknown) => error instanceof AppError && error.code === 'unavailable';

/** Holds the only place of a gate until it is told to leave. */
function occupied() {
  const gate = createGate(1, 3);
  const { promise, resolve } = Promise.withResolvers<void>();
  const occupant = gate.pass({}, () => promise);
  const leave = () => {
    resolve();
    return occupant;
  };
  return { gate, leave };
}

describe('the gate', () => {
  it('lets the urgent through first, and each line in the order of arrival', async () => {
    const { gate, leave } = occupied();
    const order: string[] = [];
    const pass = (name: string, urgent: boolean) => gate.pass({ urgent }, async () => order.push(name));
    const all = [
      pass('calm 1', false),
      pass('calm 2', false),
      pass('urgent 1', true),
      pass('urgent 2', true),
    ];
    await leave();
    await Promise.all(all);
    expect(order).toEqual(['urgent 1', 'urgent 2', 'calm 1', 'calm 2']);
  });

  it('never has more at work than it has places, and loses none, whatever fails', async () => {
    const visit = fc.record({ urgent: fc.boolean(), fails: fc.boolean(), turns: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(visit), async (places, visits) => {
        const gate = createGate(places);
        let [inside, most, served] = [0, 0, 0];
        const passed = visits.map(({ urgent, fails, turns }) =>
          gate.pass({ urgent }, async () => {
            inside += 1;
            most = Math.max(most, inside);
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
            inside -= 1;
            served += 1;
            if (fails) throw new Error('no matter');
          }),
        );
        await Promise.allSettled(passed);
        expect(served).toBe(visits.length);
        expect(most).toBeLessThanOrEqual(places);
      }),
    );
  });

  it('has as many at work as it has places', async () => {
    const gate = createGate(3);
    let inside = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const all = [1, 2, 3, 4, 5].map(() =>
      gate.pass({}, () => {
        inside += 1;
        return promise;
      }),
    );
    await Promise.resolve();
    expect(inside).toBe(3);
    resolve();
    await Promise.all(all);
    expect(inside).toBe(5);
  });

  it('lets who is through pass again for a part of the work', async () => {
    const gate = createGate(1);
    expect(await gate.pass({}, () => gate.pass({}, async () => 'both'))).toBe('both');
  });

  it('lets who waits give up, and keeps the others in line', async () => {
    const { gate, leave } = occupied();
    const controller = new AbortController();
    const reason = new Error('enough');
    const impatient = gate.pass({ signal: controller.signal }, async () => 'never');
    const patient = gate.pass({}, async () => 'served');
    controller.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    await leave();
    expect(await patient).toBe('served');
  });

  it('turns away whoever comes when too many wait, and everybody when it is closed', async () => {
    const { gate, leave } = occupied();
    const waiting = [1, 2, 3].map(() => gate.pass({}, async () => 'never'));
    await expect(gate.pass({}, async () => 'never')).rejects.toSatisfy(unavailable);
    gate.close();
    for (const one of waiting) await expect(one).rejects.toSatisfy(unavailable);
    await expect(gate.pass({}, async () => 'never')).rejects.toSatisfy(unavailable);
    await leave();
  });
});
