import { parseSearch } from '@vitrine/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasTerm, toggleTerm } from './toggle-term.ts';

describe('a facet', () => {
  it('adds its condition to the query and takes it away again', () => {
    const video = { is: 'kind', kind: 'video' } as const;
    expect(toggleTerm('harbour', video)).toBe('harbour kind:video');
    expect(hasTerm('harbour type:video', video)).toBe(true);
    expect(toggleTerm('type:video harbour', video)).toBe('harbour');
  });

  it('writes names with spaces in quotes', () => {
    expect(toggleTerm('', { is: 'tag', name: 'golden hour' })).toBe('tag:"golden hour"');
  });

  it('leaves everything else that was said as it was', () => {
    const words = fc.array(
      fc.constantFrom('harbour', '"golden hour"', '-draft', 'kind:image', 'size>10mb', 'after:2026-01-01'),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(words, (all) => {
        const query = [...new Set(all)].join(' ');
        const condition = { is: 'format', format: 'png' } as const;
        const twice = toggleTerm(toggleTerm(query, condition), condition);
        expect(parseSearch(twice).terms).toEqual(parseSearch(query).terms);
      }),
    );
  });
});
