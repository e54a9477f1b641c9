import { describe, expectTypeOf, it } from 'vitest';
import {
  type AudioRef,
  type ContextAnswer,
  type ContextNeed,
  createVitrineClient,
  type ImageRef,
  type MissingReason,
  type MissingSlot,
  resolveContext,
  type VideoRef,
  type VisualRef,
} from '../src/index.ts';

const vitrine = createVitrineClient({ url: 'http://localhost:4400' });
const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';

describe('the answer of context.resolve, to the compiler', () => {
  it('has the slots of the need, each with what its role can hold and its size promises', async () => {
    const answer = await resolveContext(vitrine, {
      clientId,
      need: {
        brand_logo: 1,
        first_frame: 2,
        background: 0,
        subject: { max: 3 },
        product_shot: { min: 1, max: 3 },
        closing_frame: { min: 1, max: 1, constraints: { aspect: '1:1' } },
        voice_sample: { min: 0, max: 1 },
        use_full_audio: 1,
      },
      constraints: { aspect: '16:9', minWidth: 1280, formats: ['png', 'mp4', 'wav'], aiUse: 'allowed' },
    });
    if (!answer.ok) return;
    expectTypeOf(answer.slots).toEqualTypeOf<{
      brand_logo: [VisualRef];
      first_frame: [VisualRef, VisualRef];
      background: [];
      subject: VisualRef[];
      product_shot: [VisualRef, ...VisualRef[]];
      closing_frame: [VisualRef];
      voice_sample: AudioRef[];
      use_full_audio: [AudioRef];
    }>();
    expectTypeOf(answer.hash).toEqualTypeOf<string>();
    expectTypeOf(answer.slots.brand_logo[0]).toEqualTypeOf<ImageRef | VideoRef>();
    expectTypeOf(answer.slots.use_full_audio[0].durationMs).toEqualTypeOf<number>();
    // What one size promises and another does not.
    expectTypeOf(answer.slots.subject[0]).toEqualTypeOf<VisualRef | undefined>();
    // @ts-expect-error a sound is not so wide
    answer.slots.use_full_audio[0].width;
    // @ts-expect-error there is no second one
    answer.slots.brand_logo[1];
    // @ts-expect-error nobody asked for it
    answer.slots.transition;
  });

  it('tells pictures from videos by their type', async () => {
    const answer = await resolveContext(vitrine, { clientId, need: { brand_logo: 1 } });
    if (!answer.ok) return;
    const [logo] = answer.slots.brand_logo;
    switch (logo.type) {
      case 'image':
        expectTypeOf(logo).toEqualTypeOf<ImageRef>();
        break;
      case 'video':
        expectTypeOf(logo.duration).toEqualTypeOf<number>();
        break;
      default:
        logo satisfies never;
    }
  });

  it('has slots only when it is ok, and says what is missing only when it is not', async () => {
    const answer = await resolveContext(vitrine, { clientId, need: { brand_logo: 1 } });
    // @ts-expect-error it may not be ok
    answer.slots;
    if (answer.ok) {
      // @ts-expect-error nothing is missing
      answer.missing;
      return;
    }
    expectTypeOf(answer.missing).toEqualTypeOf<MissingSlot[]>();
    // @ts-expect-error there is nothing to use
    answer.slots;
  });

  it('has a closed list of reasons, which a switch has to know all of', () => {
    const advice = (reason: MissingReason): string => {
      switch (reason) {
        case 'none_tagged':
        case 'too_few':
        case 'too_small':
        case 'wrong_aspect':
        case 'too_long':
        case 'wrong_format':
        case 'rights_not_yet':
        case 'rights_expired':
        case 'not_allowed_here':
        case 'ai_use_refused':
        case 'ai_use_unknown':
          return reason;
        default:
          return reason satisfies never;
      }
    };
    expectTypeOf(advice).returns.toBeString();
  });

  it('of a need that is known only at run time may have any slot', async () => {
    const need: ContextNeed = { brand_logo: 1 };
    const answer = await resolveContext(vitrine, { clientId, need });
    if (!answer.ok) return;
    expectTypeOf(answer.slots.brand_logo).toEqualTypeOf<VisualRef[] | undefined>();
    expectTypeOf(answer.slots.voice_sample).toEqualTypeOf<AudioRef[] | undefined>();
    const count: number = 3;
    const counted = await resolveContext(vitrine, { clientId, need: { subject: count } });
    if (counted.ok) expectTypeOf(counted.slots.subject).toEqualTypeOf<VisualRef[]>();
    const long = await resolveContext(vitrine, { clientId, need: { subject: 40 } });
    if (long.ok) expectTypeOf(long.slots.subject).toEqualTypeOf<VisualRef[]>();
  });

  it('is that of any need from the procedure itself', () => {
    const ask = () => vitrine.context.resolve.query({ clientId, need: { brand_logo: 1 } });
    expectTypeOf(ask).returns.resolves.toExtend<ContextAnswer>();
  });
});

describe('a question to context.resolve, to the compiler', () => {
  it('names roles and constraints that exist', () => {
    // @ts-expect-error there is no such role
    const invented = () => resolveContext(vitrine, { clientId, need: { brand_logo: 1, hero: 1 } });
    // @ts-expect-error a size is a number or bounds
    const sized = () => resolveContext(vitrine, { clientId, need: { brand_logo: 'one' } });
    const format = () =>
      // @ts-expect-error there is no such format
      resolveContext(vitrine, { clientId, need: { brand_logo: 1 }, constraints: { formats: ['tga'] } });
    const ai = () =>
      // @ts-expect-error there is no such answer
      resolveContext(vitrine, { clientId, need: { brand_logo: 1 }, constraints: { aiUse: 'yes' } });
    // @ts-expect-error nothing is needed
    const empty = () => resolveContext(vitrine, { clientId });
    // @ts-expect-error of whose library
    const nobody = () => resolveContext(vitrine, { need: { brand_logo: 1 } });
    expectTypeOf([invented, sized, format, ai, empty, nobody]).toBeArray();
  });
});
