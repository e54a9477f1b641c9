import { describe, expect, it } from 'vitest';
import {
  contextResolveInputSchema,
  isContextAnswerFor,
  missingReasons,
  slotBounds,
  unfitReasons,
} from './index.ts';

const id = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03';
const hash = 'ab'.repeat(32);
const ref = {
  id,
  version: 2,
  sha256: hash,
  name: 'logo.png',
  tags: ['brand_logo'],
  mimeType: 'image/png',
  size: 10,
  source: 'client',
  priority: 1,
  url: 'http://localhost:4400/api/v2/assets/x?sig=y',
};
const logo = { ...ref, type: 'image', format: 'png', width: 3, height: 2 };
const voice = { ...ref, type: 'audio', format: 'wav', durationMs: 1500, duration: 2 };
const ok = (slots: object) => ({ ok: true, slots, hash });

describe('an answer', () => {
  it('answers a need when each slot holds what its role can and as many as its size says, and no other way', () => {
    expect(isContextAnswerFor(ok({ brand_logo: [logo] }), { brand_logo: 1 })).toBe(true);
    expect(isContextAnswerFor(ok({ voice_sample: [] }), { voice_sample: { max: 1 } })).toBe(true);
    for (const slots of [
      {},
      { brand_logo: [] },
      { brand_logo: [logo, logo] },
      { brand_logo: [voice] },
      { brand_logo: [{ ...logo, width: 0 }] },
      { brand_logo: [logo], subject: [logo] },
    ]) {
      expect(isContextAnswerFor(ok(slots), { brand_logo: 1 }), JSON.stringify(slots)).toBe(false);
    }
    expect(isContextAnswerFor(ok({ voice_sample: [logo] }), { voice_sample: { max: 1 } })).toBe(false);
    expect(isContextAnswerFor(ok({ voice_sample: [voice, voice] }), { voice_sample: { max: 1 } })).toBe(
      false,
    );
  });

  it('that is not ok says what is missing, with a reason of the closed list', () => {
    const missing = { slot: 'brand_logo', needed: 1, fitting: 0, tagged: 0, candidates: [] };
    const answer = (reason: string) => ({ ok: false, missing: [{ ...missing, reason }] });
    for (const reason of missingReasons) {
      expect(isContextAnswerFor(answer(reason), { brand_logo: 1 }), reason).toBe(true);
    }
    expect(isContextAnswerFor(answer('bad_mood'), { brand_logo: 1 })).toBe(false);
    expect(isContextAnswerFor({ ok: false, missing: [] }, { brand_logo: 1 })).toBe(false);
    expect(missingReasons).toEqual(['none_tagged', 'too_few', ...unfitReasons]);
  });
});

describe('a question', () => {
  it('has bounds where its size names them', () => {
    expect(slotBounds(2)).toEqual({ min: 2, max: 2 });
    expect(slotBounds({ max: 3 })).toEqual({ min: 0, max: 3 });
    expect(slotBounds({ min: 1 })).toEqual({ min: 1, max: 100 });
  });

  it('refuses what cannot be answered, by name', () => {
    const parse = (change: object) =>
      contextResolveInputSchema.safeParse({ clientId: id, need: { brand_logo: 1 }, ...change }).success;
    expect(parse({})).toBe(true);
    for (const wrong of [
      { need: {} },
      { need: { hero: 1 } },
      { need: { brand_logo: -1 } },
      { need: { brand_logo: 101 } },
      { need: { brand_logo: 1.5 } },
      { need: { brand_logo: { min: 3, max: 2 } } },
      { need: { brand_logo: { least: 1 } } },
      { constraints: { aspect: '16x9' } },
      { constraints: { aspect: '0:9' } },
      { constraints: { on: '2026-02-30' } },
      { constraints: { territory: 'de' } },
      { constraints: { formats: [] } },
      { constraints: { minwidth: 1 } },
    ]) {
      expect(parse(wrong), JSON.stringify(wrong)).toBe(false);
    }
  });
});
