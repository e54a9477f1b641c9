import { maxShareDays } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { endOf, lasts, namesIn } from './share-choices.ts';

describe('the choices of a share link', () => {
  it('end within what the server allows', () => {
    const now = Date.parse('2026-01-31T09:30:00.000Z');
    for (const { id } of lasts) {
      const days = (Date.parse(endOf(id, now)) - now) / 86_400_000;
      expect(days).toBeLessThan(maxShareDays);
      expect(days).toBeGreaterThan(Number(id) - 0.1);
    }
  });

  it('take names from lines and commas, each once', () => {
    expect(namesIn(' Ana, Ben\n\nAna; Cleo Maas ')).toEqual(['Ana', 'Ben', 'Cleo Maas']);
    expect(namesIn(' \n,')).toEqual([]);
  });
});
