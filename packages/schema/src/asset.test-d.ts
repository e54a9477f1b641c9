import { describe, expectTypeOf, it } from 'vitest';
import type {
  Asset,
  AssetFormat,
  AssetId,
  AssetOf,
  AssetSetRolesInput,
  AudioAsset,
  AudioRole,
  ClientId,
  DocumentAsset,
  FactsOf,
  FormatOf,
  ImageAsset,
  VideoAsset,
  VisualRole,
} from './index.ts';

describe('the asset union, to the compiler', () => {
  it('is narrowed by its type in an exhaustive switch', () => {
    const describeAsset = (asset: Asset): string => {
      switch (asset.type) {
        case 'image':
          expectTypeOf(asset).toEqualTypeOf<ImageAsset>();
          return `${asset.width}×${asset.height}`;
        case 'video':
          expectTypeOf(asset).toEqualTypeOf<VideoAsset>();
          return `${asset.duration} s of ${asset.width}×${asset.height}`;
        case 'audio':
          expectTypeOf(asset).toEqualTypeOf<AudioAsset>();
          expectTypeOf(asset.waveformUrl).toEqualTypeOf<string | null>();
          return `${asset.durationMs} ms`;
        case 'document':
          expectTypeOf(asset).toEqualTypeOf<DocumentAsset>();
          expectTypeOf(asset.pageCount).toEqualTypeOf<number | null>();
          return `${asset.pageCount ?? '?'} pages`;
        default:
          return asset satisfies never;
      }
    };
    expectTypeOf(describeAsset).returns.toBeString();
  });

  it('does not have a width before it is narrowed', () => {
    const widthOf = (asset: Asset) => {
      // @ts-expect-error audio and documents have no width
      return asset.width;
    };
    expectTypeOf(widthOf).parameter(0).toEqualTypeOf<Asset>();
  });

  it('does not compile a switch that forgets a kind', () => {
    const kindOf = (asset: Asset): string => {
      switch (asset.type) {
        case 'image':
        case 'video':
        case 'audio':
          return asset.type;
        default:
          // @ts-expect-error a document is left over
          return asset satisfies never;
      }
    };
    expectTypeOf(kindOf).returns.toBeString();
  });

  it('gives a video an address of a still and a document one that may be null', () => {
    expectTypeOf<VideoAsset['thumbnailUrl']>().toEqualTypeOf<string>();
    expectTypeOf<DocumentAsset['thumbnailUrl']>().toEqualTypeOf<string | null>();
    expectTypeOf<AssetOf<'audio'>>().toEqualTypeOf<AudioAsset>();
  });

  it('binds formats to their kind', () => {
    expectTypeOf<ImageAsset['format']>().toEqualTypeOf<'jpg' | 'jpeg' | 'png' | 'webp' | 'gif' | 'svg'>();
    expectTypeOf<FormatOf<'video'>>().toEqualTypeOf<'mp4' | 'webm' | 'mov' | 'avi' | 'mkv'>();
    expectTypeOf<FormatOf<'audio'>>().toEqualTypeOf<'mp3' | 'wav' | 'ogg' | 'aac' | 'm4a'>();
    expectTypeOf<FormatOf<'document'>>().toEqualTypeOf<'pdf' | 'doc' | 'docx' | 'txt'>();
    expectTypeOf<'exe'>().not.toExtend<AssetFormat>();
  });

  it('binds facts to their kind', () => {
    expectTypeOf<keyof FactsOf<'image'>>().toEqualTypeOf<'type' | 'format' | 'width' | 'height'>();
    expectTypeOf<keyof FactsOf<'audio'>>().toEqualTypeOf<'type' | 'format' | 'durationMs'>();
  });

  it('does not take the id of one thing for the id of another', () => {
    expectTypeOf<ClientId>().not.toExtend<AssetId>();
    expectTypeOf<ClientId>().toExtend<string>();
  });
});

describe('roles, to the compiler', () => {
  it('are typed by the kind of the asset', () => {
    expectTypeOf<ImageAsset['roles']>().toEqualTypeOf<VisualRole[]>();
    expectTypeOf<VideoAsset['roles']>().toEqualTypeOf<VisualRole[]>();
    expectTypeOf<AudioAsset['roles']>().toEqualTypeOf<AudioRole[]>();
    expectTypeOf<DocumentAsset['roles']>().toEqualTypeOf<never[]>();
  });

  it('of another kind do not compile', () => {
    const id = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03';
    const right: AssetSetRolesInput = { id, type: 'audio', roles: ['voice_sample'] };
    // @ts-expect-error audio cannot be a first frame
    const wrong: AssetSetRolesInput = { id, type: 'audio', roles: ['first_frame'] };
    expectTypeOf(right).toExtend<AssetSetRolesInput>();
    expectTypeOf(wrong).toExtend<AssetSetRolesInput>();
  });
});
