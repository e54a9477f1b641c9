import type { AddressSigner, AddressTarget, Caller, Principal, SignedTarget } from '@vitrine/core';
import type { AssetId, Preset, Sha256 } from '@vitrine/schema';

/** A version of an asset. */
interface Version {
  readonly id: AssetId;
  readonly version: number;
}

/** The addresses of an asset's bytes, as one caller is told them: signed for that caller, for an hour or two. */
export interface AssetUrls {
  original(asset: Version & { readonly sha256: Sha256 }): string;
  /** `sha256` is of the rendition's own bytes; null while they are not made. */
  rendition(asset: Version, made: { readonly preset: Preset; readonly sha256: Sha256 | null }): string;
}

interface AssetUrlsOptions {
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly signer: Pick<AddressSigner, 'sign'>;
}

/** The path of a target's bytes below the public URL, with what its query must have. */
function addressOf({ assetId, bytes }: AddressTarget): string {
  const asset = `/api/v2/assets/${assetId}`;
  switch (bytes) {
    case 'original':
      return `${asset}?`;
    case 'waveform':
      return `${asset}/waveform?`;
    case 'thumb':
      return `${asset}/thumbnail?`;
    default:
      return `${asset}/thumbnail?size=${bytes}&`;
  }
}

function principalOf({ actor }: Pick<Caller, 'actor'>): Principal {
  switch (actor.kind) {
    case 'user':
      return { kind: 'user', id: actor.userId };
    case 'api_key':
      return { kind: 'api_key', id: actor.keyId };
    default:
      return actor satisfies never;
  }
}

/** The only maker of addresses of bytes that leave the server. */
export function createAssetUrls({
  publicUrl,
  signer,
}: AssetUrlsOptions): (caller: Pick<Caller, 'actor'>) => AssetUrls {
  return (caller) => {
    const principal = principalOf(caller);
    const signed = (target: SignedTarget) =>
      `${publicUrl}${addressOf(target)}sig=${encodeURIComponent(signer.sign(principal, target))}`;
    return {
      original: ({ id, version, sha256 }) => signed({ assetId: id, bytes: 'original', version, sha256 }),
      rendition: ({ id, version }, { preset, sha256 }) =>
        signed({ assetId: id, bytes: preset, version, sha256 }),
    };
  };
}
