import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxSearchTerms, parseSearch } from './search.ts';
import { printSearch } from './search-print.ts';
import { tokensOf } from './search-tokens.ts';

const terms = (text: string) => parseSearch(text).terms;

describe('a search query', () => {
  it.each([
    ['harbour', { is: 'text', text: 'harbour', quoted: false, negated: false }],
    ['"closing frame"', { is: 'text', text: 'closing frame', quoted: true, negated: false }],
    ['“closing frame”', { is: 'text', text: 'closing frame', quoted: true, negated: false }],
    ['-draft', { is: 'text', text: 'draft', quoted: false, negated: true }],
    ['-"rough cut"', { is: 'text', text: 'rough cut', quoted: true, negated: true }],
    ['"never closed', { is: 'text', text: 'never closed', quoted: true, negated: false }],
    ['kind:Video', { is: 'kind', kind: 'video', negated: false }],
    ['TYPE:audio', { is: 'kind', kind: 'audio', negated: false }],
    ['-kind:video', { is: 'kind', kind: 'video', negated: true }],
    ['format:.PNG', { is: 'format', format: 'png', negated: false }],
    ['tag:brand_logo', { is: 'tag', name: 'brand_logo', negated: false }],
    ['tag:"golden hour"', { is: 'tag', name: 'golden hour', negated: false }],
    ['client:nordlys', { is: 'client', name: 'nordlys', negated: false }],
    ['campaign:"Winter roast"', { is: 'campaign', name: 'Winter roast', negated: false }],
    ['size>10mb', { is: 'size', comparison: '>', bytes: 10_000_000, negated: false }],
    ['size:<=1.5GB', { is: 'size', comparison: '<=', bytes: 1_500_000_000, negated: false }],
    ['duration<30s', { is: 'duration', comparison: '<', ms: 30_000, negated: false }],
    ['duration>=1:30', { is: 'duration', comparison: '>=', ms: 90_000, negated: false }],
    ['after:2026-01-01', { is: 'after', at: Date.UTC(2026, 0, 1), negated: false }],
    ['before:2026-02', { is: 'before', at: Date.UTC(2026, 1, 1), negated: false }],
    ['has:tags', { is: 'has', part: 'tag', negated: false }],
    ['none:campaign', { is: 'has', part: 'campaign', negated: true }],
    ['first-frame', { is: 'text', text: 'first-frame', quoted: false, negated: false }],
  ])('reads %s', (text, term) => {
    expect(parseSearch(text)).toEqual({ terms: [term], hints: [] });
  });

  it('takes what is no filter as a word and says so', () => {
    expect(parseSearch('format:zzz')).toEqual({
      terms: [{ is: 'text', text: 'format:zzz', quoted: false, negated: false }],
      hints: [{ text: 'format:zzz', reason: 'unknown_value' }],
    });
    expect(parseSearch('colour:red').hints).toEqual([{ text: 'colour:red', reason: 'unknown_filter' }]);
    expect(parseSearch('after:2026-02-31').hints).toEqual([
      { text: 'after:2026-02-31', reason: 'unknown_value' },
    ]);
    expect(parseSearch('kind>video size:10mb').hints.map(({ reason }) => reason)).toEqual([
      'unknown_value',
      'unknown_value',
    ]);
  });

  it('sees no filter in times and addresses', () => {
    expect(parseSearch('12:30 https://example.org').hints).toEqual([]);
  });

  it('passes over what has neither letter nor digit', () => {
    expect(parseSearch('coffee & tea ---').terms).toHaveLength(2);
    expect(terms('" " "" - !!!')).toEqual([]);
  });

  it('holds a limited number of terms of a limited text, and says what it left out', () => {
    const many = parseSearch(Array.from({ length: 30 }, (_, index) => `w${index}`).join(' '));
    expect(many.terms).toHaveLength(maxSearchTerms);
    expect(many.hints).toEqual([{ text: 'w20', reason: 'too_many_terms' }]);
    expect(parseSearch('x'.repeat(100_000)).hints).toEqual([{ text: '', reason: 'too_long' }]);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      '"',
      '“',
      '-',
      ':',
      ' ',
      '>',
      '<=',
      'kind:',
      'video',
      'size>',
      '10mb',
      'tag:',
      'none:',
      'tags',
      'after:',
      '2026-01',
      'ß',
      '東京',
      '\u0000',
      '\ud800',
      '١٢',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const anyText = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

  it('is understood whatever it is, and printed it is understood as the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const query = parseSearch(text);
        expect(terms(printSearch(query))).toEqual(query.terms);
        expect(printSearch({ terms: terms(printSearch(query)) })).toBe(printSearch(query));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('tokens', () => {
  it.each([
    ['Façade 3.PNG', ['facade', '3', 'png']],
    ['Straße', ['strasse']],
    ['first_frame-02', ['first', 'frame', '02']],
    ['東京タワー2', ['東', '京', 'タ', 'ワ', 'ー', '2']],
    ['한국어', ['한', '국', '어']],
    ['Привет, Мир', ['привет', 'мир']],
    ['ΟΔΟΣ', ['οδοσ']],
    ['مَرْحَبًا', ['مرحبا']],
    ['party🎉time', ['party', '🎉', 'time']],
    ['ﬁnal ½ ①', ['final', '1', '2', '1']],
    ['\ud800\u0000 --', []],
  ])('of %s', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  it('hold no separator of either index and stay the same when they are tokenised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const tokens = tokensOf(text);
        for (const token of tokens) expect(token).not.toMatch(/[\s_"'*\\%:&|!()]|^$/u);
        expect(tokensOf(tokens.join(' '))).toEqual(tokens);
      }),
      { numRuns: 2000 },
    );
  });
});
