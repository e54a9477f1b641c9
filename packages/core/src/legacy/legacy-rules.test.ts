import {
  brandGuidelinesSchema,
  campaignBriefSchema,
  nameSchema,
  proseSchema,
  tagNameSchema,
} from '@vitrine/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understandBrand } from './legacy-brand.ts';
import { understandBrief } from './legacy-brief.ts';
import { asUuid, idOfLegacy } from './legacy-id.ts';
import { understandTags } from './legacy-tags.ts';
import { understandLine, understandProse } from './legacy-text.ts';
import { understandTime } from './legacy-time.ts';

/** What a column of the old system may have held: anything. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.json(),
  fc.constantFrom('', ' ', 'null', '{}', '[]', '[null]', '\ud800', 'a\0b'),
);
const anyValue = fc.oneof(anyText, fc.constant(null), fc.double(), fc.integer());

describe('times of the old system', () => {
  const read = (value: unknown) => understandTime(value, 'uploaded_at', 7);

  it.each([
    ['2024-01-31 09:30:00', '2024-01-31T09:30:00.000Z'],
    ['2024-01-31 09:30:00.123456', '2024-01-31T09:30:00.123Z'],
    ['2024-01-31T09:30:00+02:00', '2024-01-31T07:30:00.000Z'],
    ['2024-01-31T09:30:00Z', '2024-01-31T09:30:00.000Z'],
    ['2024-01-31', '2024-01-31T00:00:00.000Z'],
    [1_706_693_400, '2024-01-31T09:30:00.000Z'],
    [1_706_693_400_000, '2024-01-31T09:30:00.000Z'],
  ])('reads %s as a moment in UTC', (value, moment) => {
    expect(new Date(read(value).value).toISOString()).toBe(moment);
    expect(read(value).notes).toEqual([]);
  });

  it.each(['yesterday', '2024-02-31 10:00:00', '2024-01-31 25:00:00', '0000-00-00 00:00:00', -5, Number.NaN])(
    'says that %s is none, and takes what stands in for it',
    (value) => {
      expect(read(value)).toMatchObject({ value: 7, notes: [{ code: 'not_understood', old: value }] });
    },
  );

  it('says nothing of a moment that was never written', () => {
    expect(read(null)).toEqual({ value: 7, notes: [] });
  });
});

describe('tags of the old system', () => {
  const tags = (value: unknown) => understandTags(value, 'image').value;

  it.each([
    ['["hero", "Hero", " spaced "]', ['hero', 'spaced']],
    [null, []],
    ['', []],
    ['null', []],
    ['lonely', ['lonely']],
    ['one, two', ['one', 'two']],
    ['"quoted"', ['quoted']],
    ['42', ['42']],
    ['["brand_logo", 7]', ['brand_logo', '7']],
  ])('%s means %j', (value, meant) => {
    expect(tags(value)).toEqual(meant);
  });

  it.each(['{"a": 1}', '["unterminated', '[["nested"]]', '["voice_sample"]'])(
    'says what of %s is not understood',
    (value) => {
      const { value: found, notes } = understandTags(value, 'image');
      expect(found).toEqual([]);
      expect(notes).toEqual([expect.objectContaining({ code: 'not_understood' })]);
    },
  );

  it('are always such as the library takes, whatever the column held', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        for (const tag of tags(value)) expect(tagNameSchema.parse(tag)).toBe(tag);
      }),
    );
  });
});

describe('brand guidelines of the old system', () => {
  it('of the second shape keep restrictions and examples as text', () => {
    const old = {
      colors: ['#abc'],
      fonts: ['Inter'],
      tone: 'warm',
      restrictions: 'no red',
      examples: ['a', 'b'],
    };
    const { value, notes } = understandBrand(JSON.stringify(old));
    expect(value.guidelines).toEqual({ colors: ['#aabbcc'], fonts: ['Inter'], styleKeywords: ['warm'] });
    expect(value.lines).toEqual(['Restrictions: no red', 'Examples: a; b']);
    expect(notes).toEqual([expect.objectContaining({ code: 'not_understood', old: JSON.stringify(old) })]);
  });

  it('that are plain text or a list become lines', () => {
    expect(understandBrand('Use blue.').value).toEqual({
      guidelines: null,
      lines: ['Brand guidelines: Use blue.'],
    });
    expect(understandBrand('["blue", 2]').value.lines).toEqual(['Brand guidelines: blue; 2']);
    expect(understandBrand('{"colors": [').value.lines).toEqual(['Brand guidelines: {"colors": [']);
  });

  it('lose no word, and are such as the library takes', () => {
    const word = fc.stringMatching(/^[a-z]{3,12}$/);
    const shape = fc.record(
      {
        colors: fc.array(word),
        fonts: fc.array(word),
        styleKeywords: fc.array(word),
        tone: word,
        documentUrls: fc.array(word),
        restrictions: fc.array(word),
        other: fc.dictionary(word, word),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, (old) => {
        const { guidelines, lines } = understandBrand(JSON.stringify(old)).value;
        if (guidelines) expect(brandGuidelinesSchema.parse(guidelines)).toEqual(guidelines);
        const all = JSON.stringify([guidelines, lines]);
        for (const [found] of JSON.stringify(Object.values(old)).matchAll(/[a-z]{3,12}/g)) {
          // Six letters from a to f are a colour.
          if (!/^([a-f]{3}|[a-f]{6})$/.test(found)) expect(all).toContain(found);
        }
      }),
    );
  });

  it('are such as the library takes, whatever the column held', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const { guidelines } = understandBrand(value).value;
        if (guidelines) brandGuidelinesSchema.parse(guidelines);
      }),
    );
  });
});

describe('briefs of the old system', () => {
  it('are read by either spelling, and what has no field becomes a line', () => {
    const old = { objective: 'Sell', target_audience: 'All', key_messages: ['Now', 'Here'], budget: '10 k' };
    expect(understandBrief(JSON.stringify(old)).value).toEqual({
      brief: { objective: 'Sell', targetAudience: 'All', keyMessages: ['Now', 'Here'] },
      lines: ['budget: 10 k'],
    });
  });

  it('that are plain text become the objective', () => {
    expect(understandBrief('Just sell.').value.brief).toEqual({
      objective: 'Just sell.',
      targetAudience: '',
      keyMessages: [],
    });
  });

  it('are such as the library takes, whatever the column held', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const { brief } = understandBrief(value).value;
        if (brief) expect(campaignBriefSchema.parse(brief)).toEqual(brief);
      }),
    );
  });
});

describe('names and texts of the old system', () => {
  it('become such as the library takes, and every change is said', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const line = understandLine(value, { field: 'name', max: 200, fallback: 'Unnamed' });
        expect(nameSchema('a name').parse(line.value)).toBe(line.value);
        const prose = understandProse(value, 'goal', 100);
        expect(proseSchema(100).parse(prose.value)).toBe(prose.value);
        const said = typeof value === 'string' ? value.normalize('NFC').trim() : String(value ?? '');
        expect(line.notes.length > 0).toBe(line.value !== said);
        expect(prose.notes.length > 0).toBe(prose.value !== said);
      }),
    );
  });
});

describe('ids of the old system', () => {
  it.each([
    '5F0C6E2A-1111-4000-8000-00000000000A',
    '{5f0c6e2a-1111-4000-8000-00000000000a}',
    '5f0c6e2a11114000800000000000000a',
  ])('%s is the UUID that it says', (text) =>
    expect(asUuid(text)).toBe('5f0c6e2a-1111-4000-8000-00000000000a'),
  );

  it('that are no UUIDs become the same one each time, and another one in another table', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (key) => {
        expect(idOfLegacy('clients', key)).toBe(idOfLegacy('clients', key));
        expect(asUuid(idOfLegacy('clients', key))).toBe(idOfLegacy('clients', key));
        if (!asUuid(key)) expect(idOfLegacy('clients', key)).not.toBe(idOfLegacy('campaigns', key));
      }),
    );
  });
});
