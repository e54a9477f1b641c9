import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mutate, mutations } from './mutate.ts';
import { seededRandom } from './seeded-random.ts';

const file = fc.uint8Array({ minLength: 1, maxLength: 600 }).map((bytes) => Buffer.from(bytes));

it.each(mutations)('a %s is the same for the same seed, and leaves the whole file as it was', (mutation) => {
  fc.assert(
    fc.property(file, file, fc.nat(), (bytes, other, seed) => {
      const whole = Buffer.from(bytes);
      const once = mutate(bytes, mutation, { random: seededRandom(seed), other });
      const again = mutate(bytes, mutation, { random: seededRandom(seed), other });
      expect(once.equals(again)).toBe(true);
      expect(bytes.equals(whole)).toBe(true);
    }),
  );
});

it.each(mutations)('a %s mostly makes another file of a long one', (mutation) => {
  const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7) % 251));
  const other = Buffer.alloc(900, 1);
  const changed = Array.from({ length: 50 }, (_, seed) =>
    mutate(bytes, mutation, { random: seededRandom(seed), other }),
  ).filter((made) => !made.equals(bytes));
  expect(changed.length).toBeGreaterThan(40);
});
