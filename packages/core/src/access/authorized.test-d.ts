import { describe, expectTypeOf, it } from 'vitest';
import type { AssetRecord } from '../assets/asset-record.ts';
import type { Authorized, authorizedAsset } from './authorized.ts';

describe('an authorized asset', () => {
  it('is an asset', () => {
    expectTypeOf<Authorized<AssetRecord>>().toExtend<AssetRecord>();
  });

  it('is not what any asset is: only a check makes one', () => {
    expectTypeOf<AssetRecord>().not.toExtend<Authorized<AssetRecord>>();
    expectTypeOf<Awaited<ReturnType<typeof authorizedAsset>>>().toEqualTypeOf<Authorized<AssetRecord>>();
  });

  it('is not made of a check of something else', () => {
    expectTypeOf<Authorized<{ readonly id: string }>>().not.toExtend<Authorized<AssetRecord>>();
  });
});
