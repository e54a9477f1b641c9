import { describe, expectTypeOf, it } from 'vitest';
import {
  type Asset,
  type AssetTile,
  type AssetType,
  type AudioAsset,
  type ChangeEvent,
  createVitrineClient,
  type DocumentAsset,
  type ErrorCode,
  type ImageAsset,
  isVitrineError,
  type Page,
  type RouterInputs,
  type RouterOutputs,
  type UploadOptions,
  type VideoAsset,
  type VitrineError,
} from '../src/index.ts';

const vitrine = createVitrineClient({ url: 'http://localhost:4400' });
const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';

describe('an upload, to the compiler', () => {
  it('answers any asset, and that of a kind when the kind is named', () => {
    expectTypeOf(() => vitrine.upload('a', { clientId })).returns.resolves.toEqualTypeOf<Asset>();
    const image = () => vitrine.upload('a', { clientId, type: 'image', roles: ['subject'] });
    expectTypeOf(image).returns.resolves.toEqualTypeOf<ImageAsset>();
    const video = () => vitrine.upload('a', { clientId, type: 'video' });
    expectTypeOf(video).returns.resolves.toEqualTypeOf<VideoAsset>();
    const audio = () => vitrine.upload('a', { clientId, type: 'audio', roles: ['voice_sample'] });
    expectTypeOf(audio).returns.resolves.toEqualTypeOf<AudioAsset>();
    const document = () => vitrine.upload('a', { clientId, type: 'document', tags: ['brief'] });
    expectTypeOf(document).returns.resolves.toEqualTypeOf<DocumentAsset>();
  });

  it('answers any asset when the kind is known only at run time', () => {
    const upload = (type: AssetType) => vitrine.upload('a', { clientId, type });
    expectTypeOf(upload).returns.resolves.toEqualTypeOf<Asset>();
    const either = (type: 'image' | 'video') => vitrine.upload('a', { clientId, type });
    expectTypeOf(either).returns.resolves.toEqualTypeOf<ImageAsset | VideoAsset>();
  });

  it('takes options that were made elsewhere', () => {
    const upload = (input: UploadOptions) => vitrine.upload('a', input);
    expectTypeOf(upload).returns.resolves.toEqualTypeOf<Asset>();
  });

  it('takes any role when no kind is named, and otherwise those of the kind', () => {
    const any = () => vitrine.upload('a', { clientId, roles: ['first_frame', 'voice_sample'] });
    expectTypeOf(any).returns.resolves.toEqualTypeOf<Asset>();
    // @ts-expect-error a sound cannot be a first frame
    const sound = () => vitrine.upload('a', { clientId, type: 'audio', roles: ['first_frame'] });
    // @ts-expect-error documents carry no roles
    const document = () => vitrine.upload('a', { clientId, type: 'document', roles: ['subject'] });
    // @ts-expect-error there is no such role
    const invented = () => vitrine.upload('a', { clientId, roles: ['hero'] });
    expectTypeOf([sound, document, invented]).toBeArray();
  });

  it('needs a client and knows its options', () => {
    // @ts-expect-error clientId is missing
    const ownerless = () => vitrine.upload('a', { name: 'x' });
    // @ts-expect-error misspelt
    const misspelt = () => vitrine.upload('a', { clientId, campaingId: 'x' });
    // @ts-expect-error a stream needs a name
    const nameless = () => vitrine.upload({ stream: new Blob([]).stream() }, { clientId });
    expectTypeOf([ownerless, misspelt, nameless]).toBeArray();
  });
});

describe('a procedure, to the compiler', () => {
  it('answers the union, named as the entities are', () => {
    expectTypeOf<RouterOutputs['asset']['get']>().toEqualTypeOf<Asset>();
    expectTypeOf<RouterOutputs['asset']['list']>().toEqualTypeOf<Page<Asset>>();
    expectTypeOf(vitrine.asset.get.query).returns.resolves.toEqualTypeOf<Asset>();
  });

  it('takes plain strings for ids', () => {
    expectTypeOf<RouterInputs['asset']['get']['id']>().toEqualTypeOf<string>();
  });

  it('exists, or does not compile', () => {
    // @ts-expect-error no such procedure
    const explode = () => vitrine.asset.explode.mutate({ id: clientId });
    // @ts-expect-error a number is no id
    const number = () => vitrine.asset.list.query({ clientId: 7 });
    expectTypeOf([explode, number]).toBeArray();
  });
});

describe('a watch, to the compiler', () => {
  it('hands over events by their type, and a tile that may be gone', () => {
    vitrine.change.watch.subscribe(
      { clientId },
      {
        onData({ id, data }) {
          expectTypeOf(id).toEqualTypeOf<string>();
          expectTypeOf(data).toEqualTypeOf<ChangeEvent>();
          // @ts-expect-error a reset is about no asset
          const early = data.tile;
          if (data.type === 'change') expectTypeOf(data.tile).toEqualTypeOf<AssetTile | null>();
          return early;
        },
      },
    );
    // @ts-expect-error a watch is not a query
    const asked = () => vitrine.change.watch.query({});
    expectTypeOf(asked).toBeFunction();
  });
});

describe('an error, to the compiler', () => {
  it('is narrowed to a refusal, and to one code', () => {
    const narrow = (error: unknown) => {
      if (isVitrineError(error, 'conflict')) {
        expectTypeOf(error.code).toEqualTypeOf<'conflict'>();
      } else if (isVitrineError(error)) {
        expectTypeOf(error.code).toEqualTypeOf<ErrorCode>();
        expectTypeOf(error).toExtend<VitrineError>();
        expectTypeOf(error.detail).toEqualTypeOf<string>();
      }
      // @ts-expect-error no such code
      return isVitrineError(error, 'sunburn');
    };
    expectTypeOf(narrow).returns.toBeBoolean();
  });
});
